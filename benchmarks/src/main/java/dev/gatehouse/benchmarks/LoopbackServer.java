package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
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
    ServerSocket plain = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    accept(plain);
    int tlsPort = 0;
    if (System.getProperty("javax.net.ssl.keyStore") != null) {
      ServerSocket tls =
          SSLContext.getDefault()
              .getServerSocketFactory()
              .createServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
      accept(tls);
      tlsPort = tls.getLocalPort();
    }
    System.out.println(plain.getLocalPort() + " " + tlsPort);
    while (System.in.read() >= 0) {
      // Whoever started this is still there.
    }
    System.exit(0);
  }

  private static void accept(ServerSocket server) {
    daemon(
        () -> {
          while (true) {
            Socket accepted = server.accept();
            accepted.setTcpNoDelay(true);
            daemon(() -> serve(accepted));
          }
        });
  }

  private static void serve(Socket socket) throws IOException {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      boolean hangUp = false;
      while (!hangUp) {
        int length = 0;
        String line = line(in);
        hangUp = line.contains(" /hang-up ");
        for (; !line.isEmpty(); line = line(in)) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(15).strip());
          }
        }
        in.skipNBytes(length);
        socket.getOutputStream().write(ANSWER);
      }
    }
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
