package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server on loopback that keeps a ledger of what reached it and may misbehave in any way. */
final class RawServer implements AutoCloseable {
  /** What to do with one connection; the socket is closed afterwards. */
  interface Script {
    void run(Connection connection) throws Exception;
  }

  private final ServerSocket socket;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private RawServer(Script script) throws IOException {
    this.socket = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    this.script = script;
  }

  static RawServer start(Script script) {
    try {
      RawServer server = new RawServer(script);
      spawn(server::acceptAll);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  URI tlsUri(String path) {
    return URI.create("https://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** Every request that was read, head and body, in order. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    over.countDown();
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void spawn(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket accepted = socket.accept();
        open.add(accepted);
        spawn(() -> serve(accepted));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      script.run(new Connection(accepted));
    } catch (Exception e) {
      // The client went away, which is what many of these tests are about.
    }
  }

  /** One accepted connection. */
  final class Connection {
    private final Socket socket;

    private Connection(Socket socket) {
      this.socket = socket;
    }

    /** Reads one request and returns it, head and body. */
    String read() throws IOException {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      while (!seen.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        seen.write(readByte(in));
      }
      int length = lengthOf(seen.toString(ISO_8859_1));
      for (int i = 0; i < length; i++) {
        seen.write(readByte(in));
      }
      requests.add(seen.toString(ISO_8859_1));
      return seen.toString(ISO_8859_1);
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }

    void answer(String body) throws IOException {
      write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Waits until the client has closed the connection. */
    void awaitClientGone() {
      try {
        while (socket.getInputStream().read() >= 0) {
          // Whatever still arrives does not matter.
        }
      } catch (IOException e) {
        // Reset: gone too.
      }
    }

    /** Reads nothing, until the test is over and the server is closed. */
    void awaitTestOver() throws InterruptedException {
      over.await();
    }

    /** Makes the coming close a reset instead of an orderly end. */
    void resetOnClose() throws IOException {
      socket.setSoLinger(true, 0);
    }

    private int readByte(InputStream in) throws IOException {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client closed");
      }
      return next;
    }

    private int lengthOf(String head) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          return Integer.parseInt(line.substring(15).trim());
        }
      }
      return 0;
    }
  }
}
