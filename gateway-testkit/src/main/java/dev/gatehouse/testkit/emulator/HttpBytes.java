package dev.gatehouse.testkit.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One message of HTTP/1.1 as it was on the wire.
 *
 * @param first the first line
 * @param fields the header fields, as lines
 * @param body what came after them, chunks as they were
 */
record HttpBytes(String first, List<String> fields, byte[] body) {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "expect", "http2-settings", "keep-alive", "upgrade");

  /** Reads a request; empty if the client went away before it began one. */
  static Optional<HttpBytes> request(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<String> fields = fields(in);
    String length = value(fields, "content-length").orElse("0");
    byte[] body =
        value(fields, "transfer-encoding").isPresent()
            ? chunks(in)
            : in.readNBytes(Integer.parseInt(length.trim()));
    return Optional.of(new HttpBytes(first, fields, body));
  }

  /** Reads an answer after which the server closes. */
  static HttpBytes answer(InputStream in) throws IOException {
    return new HttpBytes(line(in), fields(in), in.readAllBytes());
  }

  private static List<String> fields(InputStream in) throws IOException {
    List<String> fields = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      fields.add(line);
    }
    return fields;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size;
    do {
      String head = line(in);
      size = Integer.parseInt(head.split(";", 2)[0].trim(), 16);
      all.write((head + "\r\n").getBytes(ISO_8859_1));
      all.write(in.readNBytes(size));
      // After the last one come trailers, of which clients of ours send none.
      all.write((line(in) + "\r\n").getBytes(ISO_8859_1));
    } while (size > 0);
    return all.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.write(next);
      next = in.read();
    }
    if (next < 0 && line.size() > 0) {
      throw new EOFException("a line was cut off");
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  private static Optional<String> value(List<String> fields, String name) {
    return fields.stream()
        .filter(field -> name(field).equals(name))
        .map(field -> field.substring(field.indexOf(':') + 1))
        .findFirst();
  }

  private static String name(String field) {
    return field.substring(0, Math.max(0, field.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  /** As bytes, for a connection that is closed after it. */
  byte[] bytes() throws IOException {
    return bytes(body.length);
  }

  /** The same, with only so much of the body. */
  byte[] bytes(int ofBody) throws IOException {
    StringBuilder head = new StringBuilder(first).append("\r\n");
    fields.stream()
        .filter(field -> !OF_THE_CONNECTION.contains(name(field)))
        .forEach(field -> head.append(field).append("\r\n"));
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.toString().getBytes(ISO_8859_1));
    all.write(body, 0, ofBody);
    return all.toByteArray();
  }
}
