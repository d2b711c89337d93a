package dev.gatehouse.examples.membership;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server on the loopback interface, on a port that was free. Thread-safe. */
final class LoopbackServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int MAX_BODY = 1 << 20;

  private final HttpServer server;
  private final ExecutorService threads;

  private LoopbackServer(HttpServer server, String name) {
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Listens from now on, and answers 404 until it is told what to serve. */
  static LoopbackServer start(String name) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      LoopbackServer started = new LoopbackServer(HttpServer.create(address, 0), name);
      started.server.setExecutor(started.threads);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              name,
              "server.port",
              "no port could be opened on the loopback interface",
              "allow this process to listen on 127.0.0.1"));
    }
  }

  /** What to do with requests whose path begins like this. */
  void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /** An address here. */
  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** A request's body. */
  static byte[] body(HttpExchange exchange) throws IOException {
    return exchange.getRequestBody().readNBytes(MAX_BODY);
  }

  /** Answers and ends the exchange. */
  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      // To this server, 0 means "chunked" and -1 means "none".
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
