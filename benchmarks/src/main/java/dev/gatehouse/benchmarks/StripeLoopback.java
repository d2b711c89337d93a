package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Stripe on loopback that takes any card at once, for a JVM of its own, so that its work is not
 * counted as the client's. Its answer is one that was written down, with ids, reference and key of
 * the charge put in: {@code @NUMBER@}, {@code @REFERENCE@}, {@code @OPERATION@}.
 *
 * <p>Says its port in one line, then serves until its input ends.
 */
public final class StripeLoopback {
  private static final Pattern REFERENCE = Pattern.compile("gatehouse_reference]=([^&]+)");
  private static final Pattern OPERATION = Pattern.compile("gatehouse_operation]=([^&]+)");

  private final String answer;
  private final AtomicLong charges = new AtomicLong();

  private StripeLoopback(String answer) {
    this.answer = answer;
  }

  /**
   * Serves until the input ends.
   *
   * @param args the file with the answer
   */
  public static void main(String[] args) throws Exception {
    StripeLoopback stripe = new StripeLoopback(Files.readString(Path.of(args[0])));
    ServerSocket server = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    daemon(
        () -> {
          while (true) {
            Socket accepted = server.accept();
            accepted.setTcpNoDelay(true);
            daemon(() -> stripe.serve(accepted));
          }
        });
    System.out.println(server.getLocalPort());
    while (System.in.read() >= 0) {
      // Whoever started this is still there.
    }
    System.exit(0);
  }

  private void serve(Socket socket) throws IOException {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      while (true) {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        socket.getOutputStream().write(answer(new String(in.readNBytes(length), UTF_8)));
      }
    }
  }

  private byte[] answer(String encoded) {
    String form = URLDecoder.decode(encoded, UTF_8);
    byte[] body =
        answer
            .replace("@NUMBER@", Long.toString(charges.incrementAndGet()))
            .replace("@REFERENCE@", found(REFERENCE, form))
            .replace("@OPERATION@", found(OPERATION, form))
            .getBytes(UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nRequest-Id: req_1\r\n"
            + "Date: Sun, 01 Mar 2026 12:00:00 GMT\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] all = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(ISO_8859_1), 0, all, 0, head.length());
    System.arraycopy(body, 0, all, head.length(), body.length);
    return all;
  }

  private static String found(Pattern pattern, String form) {
    Matcher found = pattern.matcher(form);
    return found.find() ? found.group(1) : "none";
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the client is gone");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The client went away.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
