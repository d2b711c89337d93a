package dev.gatehouse.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import javax.net.ServerSocketFactory;

/**
 * As much of an HTTP server on loopback as measurements need: it keeps connections, and is fast.
 */
final class Loopback {
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

  private static void serve(Socket socket, Answers answers) throws IOException {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      String request;
      do {
        request = line(in);
        int length = 0;
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
          if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(field.substring(15).strip());
          }
        }
        socket.getOutputStream().write(answers.to(request, in.readNBytes(length)));
      } while (!answers.hangsUpAfter(request));
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
}
