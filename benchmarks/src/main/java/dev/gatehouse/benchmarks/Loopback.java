package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ServerSocketFactory;

/**
 * As much of an HTTP server on loopback as measurements need: it keeps connections, and is fast.
 */
final class Loopback {
  private static final String LENGTH = "content-length:";

  private Loopback() {}

  /** What comes back for a request. */
  interface Answers {
    /** The whole response. */
    byte[] to(String requestLine, byte[] body);

    /** Whether the connection is closed then, without saying so. */
    default boolean hangsUpAfter(String requestLine) {
      return false;
    }
  }

  /** Serves on threads of its own; says its port. */
  static int serve(ServerSocketFactory sockets, Answers answers) throws IOException {
    ServerSocket server = sockets.createServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    daemon(
        () -> {
          while (true) {
            Socket accepted = server.accept();
            accepted.setTcpNoDelay(true);
            daemon(() -> serve(accepted, answers));
          }
        });
    return server.getLocalPort();
  }

  /** Ends the process when whoever started it is gone. */
  static void untilInputEnds() throws IOException {
    while (System.in.read() >= 0) {
      // Whoever started this is still there.
    }
    System.exit(0);
  }

  /** Reads a request where it arrives, and looks at no field but the one that says its length. */
  private static void serve(Socket socket, Answers answers) throws IOException {
    try (socket;
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      byte[] buffer = new byte[1 << 16];
      int read = 0;
      String request;
      do {
        int body;
        while ((body = bodyIn(buffer, read)) < 0) {
          read += more(in, buffer, read);
        }
        request = new String(buffer, 0, lineEnd(buffer, 0), ISO_8859_1);
        int end = body + length(buffer, body);
        while (read < end) {
          read += more(in, buffer, read);
        }
        out.write(answers.to(request, Arrays.copyOfRange(buffer, body, end)));
        read -= end;
        System.arraycopy(buffer, end, buffer, 0, read);
      } while (!answers.hangsUpAfter(request));
    }
  }

  private static int more(InputStream in, byte[] buffer, int read) throws IOException {
    int more = in.read(buffer, read, buffer.length - read);
    if (more <= 0) {
      throw new IOException("the client is gone, or sent more than this takes");
    }
    return more;
  }

  /** Where the body begins; negative as long as the empty line before it is missing. */
  private static int bodyIn(byte[] buffer, int read) {
    for (int i = 3; i < read; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int lineEnd(byte[] buffer, int from) {
    int end = from;
    while (buffer[end] != '\r') {
      end++;
    }
    return end;
  }

  private static int length(byte[] buffer, int body) {
    int line = lineEnd(buffer, 0) + 2;
    while (line < body - 2) {
      int end = lineEnd(buffer, line);
      if (isLength(buffer, line)) {
        return Integer.parseInt(
            new String(buffer, line + LENGTH.length(), end - line - LENGTH.length(), ISO_8859_1)
                .strip());
      }
      line = end + 2;
    }
    return 0;
  }

  private static boolean isLength(byte[] buffer, int line) {
    for (int i = 0; i < LENGTH.length(); i++) {
      if ((buffer[line + i] | 0x20) != (LENGTH.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
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
