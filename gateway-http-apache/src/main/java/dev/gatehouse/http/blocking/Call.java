package dev.gatehouse.http.blocking;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One call: its deadline, how to end it, and the proof of whether its request was sent. */
public final class Call {
  /** Why a call was ended before it had its answer. */
  enum End {
    CONNECT_TIMEOUT,
    TIMEOUT,
    CLOSED,
    TOO_LARGE
  }

  private enum Sent {
    NOT_YET,
    SENT,
    NEVER
  }

  private static final long NOTHING_TO_WAIT_FOR = 1L << 62;

  private final HttpRequest request;
  private final HttpOptions options;
  private final Duration limit;
  private final long connectBy;
  private final long answerBy;
  private final AtomicReference<Sent> sent = new AtomicReference<>(Sent.NOT_YET);
  private final AtomicReference<@Nullable End> end = new AtomicReference<>();
  private volatile @Nullable Runnable drop;
  private volatile @Nullable Future<?> lookup;

  Call(HttpRequest request, HttpOptions options, Duration limit) {
    long now = System.nanoTime();
    this.request = request;
    this.options = options;
    this.limit = limit;
    this.connectBy = now + options.connectTimeout().toNanos();
    this.answerBy = now + limit.toNanos();
  }

  /** What is to be sent. */
  public HttpRequest request() {
    return request;
  }

  /** How long all of it may take. */
  public Duration limit() {
    return limit;
  }

  /** Says how to drop the connection from another thread, now or at any time later. */
  public void onEnd(Runnable dropsConnection) {
    drop = dropsConnection;
    if (end.get() != null) {
      drop();
    }
  }

  /**
   * The gate right before the first byte: opens once.
   *
   * @throws IOException if the call is over, or was sent before; nothing may be sent then
   */
  public void send() throws IOException {
    if (!sent.compareAndSet(Sent.NOT_YET, Sent.SENT)) {
      throw new IOException("the call is over, or was sent before");
    }
  }

  /**
   * Reads a body to its end.
   *
   * @throws IOException if it is larger than the options allow, and the connection is dropped then;
   *     or if the call is over
   */
  public byte[] read(InputStream body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    byte[] chunk = new byte[8192];
    for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
      if (n > options.maxResponseBytes() - bytes.size()) {
        end(End.TOO_LARGE);
      }
      if (end.get() != null) {
        throw new IOException("the call is over");
      }
      bytes.write(chunk, 0, n);
    }
    return bytes.toByteArray();
  }

  /** When to look at this call again, by {@link System#nanoTime}. */
  long wakeAt() {
    if (end.get() != null) {
      return System.nanoTime() + NOTHING_TO_WAIT_FOR;
    }
    return sent.get() == Sent.NOT_YET && connectBy - answerBy < 0 ? connectBy : answerBy;
  }

  /** Ends the call if its time is over. */
  void expire(long now) {
    if (now - answerBy >= 0) {
      end(End.TIMEOUT);
    } else if (now - connectBy >= 0 && sent.get() == Sent.NOT_YET) {
      // Between the two looks it may be sent after all; then its time is not over.
      if (sent.compareAndSet(Sent.NOT_YET, Sent.NEVER)) {
        end(End.CONNECT_TIMEOUT);
      }
    }
  }

  void end(End why) {
    if (end.compareAndSet(null, why)) {
      shut();
      drop();
    }
  }

  /** Forbids sending; true if nothing was sent and, from now on, nothing will be. */
  boolean shut() {
    return sent.compareAndSet(Sent.NOT_YET, Sent.NEVER) || sent.get() == Sent.NEVER;
  }

  /** Drops the connection, if there is one. */
  void drop() {
    Future<?> waiting = lookup;
    if (waiting != null) {
      waiting.cancel(true);
    }
    Runnable how = drop;
    if (how != null) {
      try {
        how.run();
      } catch (RuntimeException e) {
        // What the client makes of it must not end the watch over the other calls.
      }
    }
  }

  InetAddress[] await(String host, Future<InetAddress[]> addresses) throws UnknownHostException {
    lookup = addresses;
    try {
      return addresses.get(wakeAt() - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      expire(System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
    } catch (CancellationException e) {
      // Over: said below.
    } finally {
      addresses.cancel(true);
      lookup = null;
    }
    throw new UnknownHostException(host);
  }

  /** What to tell the caller after a failure of the client. */
  TransportException failure(Exception cause) {
    boolean never = shut();
    End why = end.get();
    if (why != null) {
      return switch (why) {
        case CONNECT_TIMEOUT ->
            told(never, "http.connect", "no connection within " + options.connectTimeout(), cause);
        case TIMEOUT -> told(never, "http.timeout", "no complete answer within " + limit, cause);
        case CLOSED ->
            told(never, "http.closed", "the transport was closed during the call", cause);
        case TOO_LARGE ->
            told(
                never,
                "http.too-large",
                "the answer is larger than " + options.maxResponseBytes() + " bytes",
                cause);
      };
    }
    if (Thread.currentThread().isInterrupted()) {
      return told(never, "http.interrupted", "the thread was interrupted while waiting", cause);
    }
    String kind = " (" + cause.getClass().getSimpleName() + ")";
    return never
        ? told(true, "http.connect", "no connection" + kind, cause)
        : told(false, "http.connection-lost", "no complete, readable answer" + kind, cause);
  }

  private TransportException told(boolean never, String code, String what, Exception cause) {
    return never
        ? new TransportException.NotSent(request, code, what, cause)
        : new TransportException.Unknown(request, code, what);
  }
}
