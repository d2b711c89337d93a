package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

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
    System.out.println(
        Loopback.serve(
            ServerSocketFactory.getDefault(),
            (request, body) -> stripe.answer(new String(body, UTF_8))));
    Loopback.untilInputEnds();
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
}
