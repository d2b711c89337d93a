package dev.gatehouse.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a store and its server, and loses a commit, or the answer to it. It keeps its port
 * while nobody can connect: a port that is given back may be somebody else's a moment later.
 */
final class LossyProxy implements AutoCloseable {
  enum Lose {
    NOTHING,
    /** The next commit; the connection breaks. */
    REQUEST,
    /** What the server answers to it; the connection breaks. */
    ANSWER,
    /** As the answer, and nobody can connect any more. */
    ANSWER_AND_ALL_AFTER
  }

  private final ServerSocket door;
  private volatile int server;
  private volatile boolean open = true;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NONE);

  /** What becomes of the next request with such a text. */
  private record Loss(Lose what, String text) {
    private static final Loss NONE = new Loss(Lose.NOTHING, "");
  }

  LossyProxy(int server) throws IOException {
    this.server = server;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  void lose(Lose what) {
    lose(what, "gatehouse_commit");
  }

  /** The next request in which the text is, instead of the next commit. */
  void lose(Lose what, String text) {
    next.set(new Loss(what, text));
  }

  /** Everybody can connect again, and to the server at this port. */
  void leadTo(int port) {
    server = port;
    open = true;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try {
      while (true) {
        connect(door.accept());
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Or hang up, if there is nothing to connect to. */
  private synchronized void connect(Socket client) throws IOException {
    if (!open) {
      client.close();
      return;
    }
    Socket behind;
    try {
      behind = new Socket(InetAddress.getLoopbackAddress(), server);
    } catch (ConnectException e) {
      client.close();
      return;
    }
    client.setTcpNoDelay(true);
    behind.setTcpNoDelay(true);
    sockets.add(client);
    sockets.add(behind);
    AtomicReference<Lose> losing = new AtomicReference<>(Lose.NOTHING);
    start(() -> requests(client, behind, losing));
    start(() -> answers(client, behind, losing));
  }

  private void requests(Socket client, Socket behind, AtomicReference<Lose> losing) {
    pump(
        client,
        behind,
        said -> {
          // A statement is sent as text until it was used some times.
          Loss loss = next.get();
          if (said.contains(loss.text) && next.compareAndSet(loss, Loss.NONE)) {
            losing.set(loss.what);
          }
          return losing.get() == Lose.REQUEST;
        });
  }

  private void answers(Socket client, Socket behind, AtomicReference<Lose> losing) {
    pump(
        behind,
        client,
        said -> {
          if (losing.get() == Lose.ANSWER_AND_ALL_AFTER) {
            shut();
          }
          return losing.get() != Lose.NOTHING;
        });
  }

  private interface Cut {
    boolean here(String said);
  }

  private static void pump(Socket from, Socket to, Cut cut) {
    try (from;
        to) {
      byte[] buffer = new byte[65_536];
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(buffer);
      while (read >= 0 && !cut.here(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
        out.write(buffer, 0, read);
        read = in.read(buffer);
      }
    } catch (IOException e) {
      // The other side is gone.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      hangUp();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void shut() {
    open = false;
    hangUp();
  }

  private void hangUp() {
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
