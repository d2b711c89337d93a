package dev.gatehouse.testkit.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A proxy on the loopback interface before a server of HTTP/1.1, which does to requests what
 * networks do. For gateways that are tested over real sockets, with a client and time-outs of their
 * own; the checks of the kit have their faults in the transport and need no proxy. One request per
 * connection. Thread-safe; ends with {@link #close()}.
 */
public final class FaultProxy implements AutoCloseable {
  private final InetSocketAddress behind;
  private final Socket place = new Socket();
  private final InetSocketAddress here;
  private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
  private final List<Passed> passed = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch over = new CountDownLatch(1);
  private Door door;

  /** What becomes of a request. */
  public enum Fault {
    /** The request is read, never reaches the server, and the connection breaks. */
    DROP_REQUEST(false),
    /** The server answers, and the connection breaks before the answer is handed on. */
    DROP_ANSWER(true),
    /** The request never reaches the server, and the connection stays open without an answer. */
    STALL_REQUEST(false),
    /** The server answers, and the connection stays open without the answer. */
    STALL_ANSWER(true),
    /** 500, and the request never reached the server. */
    FAIL(false),
    /** The server answers, and what is handed on is 500. */
    FAIL_AFTER(true),
    /** 429 with {@code Retry-After: 7}, and the request never reached the server. */
    RATE_LIMIT(false),
    /** The server answers, and what is handed on is not HTTP. */
    GARBAGE(true),
    /** The server answers, and the connection breaks in the middle of the body. */
    TRUNCATE(true);

    private final boolean reaches;

    Fault(boolean reaches) {
      this.reaches = reaches;
    }

    /** Whether the server gets the request. */
    public boolean reachesServer() {
      return reaches;
    }
  }

  /**
   * A request that came.
   *
   * @param line such as {@code POST /v1/charges}
   * @param fault what became of it; empty if nothing did
   */
  public record Passed(String line, Optional<Fault> fault) {}

  /** Where clients come in, and who lets them in. */
  private record Door(ServerSocket socket, Thread doorman) {}

  private FaultProxy(URI server) throws IOException {
    behind = new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort());
    // Bound for as long as the proxy lives, so that nobody else gets the port while it refuses.
    place.setReuseAddress(true);
    place.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    here = (InetSocketAddress) place.getLocalSocketAddress();
    door = open();
  }

  /**
   * Stands before this server from now on.
   *
   * @param server where it listens, such as {@code http://127.0.0.1:40123}
   * @throws ConfigurationException if no port can be opened
   */
  public static FaultProxy before(URI server) {
    try {
      return new FaultProxy(server);
    } catch (IOException e) {
      throw LoopbackServer.noPort();
    }
  }

  /** Where it listens. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + here.getPort());
  }

  /** The next request that nothing else waits for meets this. */
  public void strikeNext(Fault fault) {
    next.add(fault);
  }

  /** Every request that came so far, oldest first. */
  public List<Passed> passed() {
    return List.copyOf(passed);
  }

  /** Nobody can connect from now on, and whoever is connected is cut off. */
  public synchronized void refuse() {
    try {
      door.socket().close();
      // Until its thread has left it, the system lets one more in.
      door.doorman().join();
      hangUp();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everybody can connect again. */
  public synchronized void accept() {
    try {
      if (door.socket().isClosed()) {
        door = open();
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          new Problem(
              "port",
              "emulator.port",
              "port " + here.getPort() + " could not be opened again",
              "allow this process to listen on 127.0.0.1"));
    }
  }

  /** Stops listening, and cuts off who is connected. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    over.countDown();
    refuse();
    try {
      place.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Door open() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(here, 50);
    return new Door(opened, spawn(() -> acceptAll(opened)));
  }

  private static Thread spawn(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void acceptAll(ServerSocket opened) {
    try {
      while (true) {
        Socket client = opened.accept();
        if (opened.isClosed()) {
          client.close();
          return;
        }
        sockets.add(client);
        spawn(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: nobody can connect.
    }
  }

  private void serve(Socket client) {
    try (client) {
      Optional<HttpBytes> request = HttpBytes.request(client.getInputStream());
      if (request.isPresent()) {
        Optional<Fault> fault = Optional.ofNullable(next.poll());
        passed.add(new Passed(request.get().first().replaceFirst(" HTTP/.*", ""), fault));
        answer(client, request.get(), fault);
      }
    } catch (IOException | NumberFormatException e) {
      // One of the two went away, or sent what is no HTTP: then there is nothing to hand on.
    } finally {
      sockets.remove(client);
    }
  }

  private void answer(Socket client, HttpBytes request, Optional<Fault> fault) throws IOException {
    if (fault.isEmpty()) {
      client.getOutputStream().write(ask(request).bytes());
      return;
    }
    byte[] whole = new byte[0];
    byte[] half = new byte[0];
    if (fault.get().reachesServer()) {
      HttpBytes answer = ask(request);
      whole = answer.bytes();
      half = answer.bytes(answer.body().length / 2);
    }
    switch (fault.get()) {
      case DROP_REQUEST, DROP_ANSWER -> reset(client);
      case STALL_REQUEST, STALL_ANSWER -> stall();
      case FAIL, FAIL_AFTER -> say(client, "500 Internal Server Error", "");
      case RATE_LIMIT -> say(client, "429 Too Many Requests", "Retry-After: 7\r\n");
      case GARBAGE -> client.getOutputStream().write(reversed(whole));
      case TRUNCATE -> client.getOutputStream().write(half);
    }
  }

  private HttpBytes ask(HttpBytes request) throws IOException {
    try (Socket server = new Socket(behind.getAddress(), behind.getPort())) {
      server.getOutputStream().write(request.bytes());
      return HttpBytes.answer(server.getInputStream());
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
  }

  private void stall() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String status, String field) throws IOException {
    String answer = "HTTP/1.1 " + status + "\r\n" + field + "Content-Length: 0\r\n";
    client.getOutputStream().write((answer + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] back = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      back[i] = bytes[bytes.length - 1 - i];
    }
    return back;
  }
}
