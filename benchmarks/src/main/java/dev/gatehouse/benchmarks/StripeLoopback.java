package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A Stripe on loopback that takes any card at once, for a JVM of its own, so that its work is not
 * counted as the client's. Its answer is one that was written down, with ids, reference and key of
 * the charge put in: {@code @NUMBER@}, {@code @REFERENCE@}, {@code @OPERATION@}.
 *
 * <p>Says its ports in one line, {@code http https}, then serves until its input ends. It needs the
 * system properties for a key store.
 */
public final class StripeLoopback {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nRequest-Id: req_1\r\n"
          + "Date: Sun, 01 Mar 2026 12:00:00 GMT\r\nContent-Length: ";

  private static final Set<String> NAMES = Set.of("NUMBER", "REFERENCE", "OPERATION");

  /** The answer; every other part is the name of what stands there. */
  private final String[] parts;

  private final int length;
  private final AtomicLong charges = new AtomicLong();

  private StripeLoopback(String answer) {
    parts = answer.split("@", -1);
    length = answer.length() * 2;
    for (int i = 1; i < parts.length; i += 2) {
      if (!NAMES.contains(parts[i])) {
        throw new IllegalArgumentException("'" + parts[i] + "' is none of " + NAMES);
      }
    }
  }

  /**
   * Serves until the input ends.
   *
   * @param args the file with the answer
   */
  public static void main(String[] args) throws Exception {
    StripeLoopback stripe = new StripeLoopback(Files.readString(Path.of(args[0])));
    Loopback.Answers answers = (request, body) -> stripe.answer(body);
    System.out.println(
        Loopback.serve(ServerSocketFactory.getDefault(), answers)
            + " "
            + Loopback.serve(SSLContext.getDefault().getServerSocketFactory(), answers));
    Loopback.untilInputEnds();
  }

  private byte[] answer(byte[] body) {
    String form = new String(body, ISO_8859_1);
    Map<String, String> values =
        Map.of(
            "NUMBER", Long.toString(charges.incrementAndGet()),
            "REFERENCE", found("gatehouse_reference", form),
            "OPERATION", found("gatehouse_operation", form));
    StringBuilder json = new StringBuilder(length);
    for (int i = 0; i < parts.length; i++) {
      json.append(i % 2 == 0 ? parts[i] : values.get(parts[i]));
    }
    return (HEAD + json.length() + "\r\n\r\n" + json).getBytes(ISO_8859_1);
  }

  /** Keys and references are letters, digits, dots and dashes, which no form encodes. */
  private static String found(String name, String form) {
    int at = form.indexOf(name);
    if (at < 0) {
      return "none";
    }
    int value = form.indexOf('=', at) + 1;
    int end = form.indexOf('&', value);
    return form.substring(value, end < 0 ? form.length() : end);
  }
}
