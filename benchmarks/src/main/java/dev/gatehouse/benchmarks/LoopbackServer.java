package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A provider on loopback, for a JVM of its own, so that its work is not counted as the client's.
 * Answers every request with a small JSON object, as a provider's API does; on {@code /hang-up} it
 * then closes the connection without saying so, as servers do with connections that were idle.
 *
 * <p>Says its ports in one line, {@code http https}, then serves until its input ends. The port for
 * TLS is 0 without the system properties for a key store.
 */
public final class LoopbackServer {
  private static final byte[] ANSWER = answer();

  private LoopbackServer() {}

  /** Serves until the input ends. */
  public static void main(String[] args) throws Exception {
    int plain = Loopback.serve(ServerSocketFactory.getDefault(), new Same());
    int tls =
        System.getProperty("javax.net.ssl.keyStore") == null
            ? 0
            : Loopback.serve(SSLContext.getDefault().getServerSocketFactory(), new Same());
    System.out.println(plain + " " + tls);
    Loopback.untilInputEnds();
  }

  private static final class Same implements Loopback.Answers {
    @Override
    public byte[] to(String requestLine, byte[] body) {
      return ANSWER;
    }

    @Override
    public boolean hangsUpAfter(String requestLine) {
      return requestLine.contains(" /hang-up ");
    }
  }

  /** As large as the answer to a small charge, with as many headers. */
  private static byte[] answer() {
    StringBuilder body = new StringBuilder("{\"id\":\"ch_1\",\"object\":\"charge\"");
    for (int i = 0; i < 40; i++) {
      body.append(",\"field_").append(i).append("\":\"value of the field ").append(i).append('"');
    }
    body.append('}');
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
    for (int i = 0; i < 12; i++) {
      answer.append("X-Header-").append(i).append(": some value of this header\r\n");
    }
    answer.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return answer.toString().getBytes(ISO_8859_1);
  }
}
