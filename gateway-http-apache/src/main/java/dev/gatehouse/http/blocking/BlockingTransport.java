package dev.gatehouse.http.blocking;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A transport on a client that does its work in the caller's thread. One more thread watches the
 * deadlines and drops the connections of calls that are over. Names are looked up in threads of
 * their own, because a name server that hangs can't be interrupted.
 */
public abstract class BlockingTransport implements HttpTransport {
  private final HttpOptions options;
  private final Map<Thread, Call> inFlight = new ConcurrentHashMap<>();
  private final DeadlineWatch watch = new DeadlineWatch(inFlight.values());
  private final ExecutorService lookups =
      Executors.newCachedThreadPool(task -> DeadlineWatch.daemon(task, "gatehouse-http-names"));

  private volatile boolean closed;

  /** Opens nothing yet; the watch begins with the first call. */
  protected BlockingTransport(HttpOptions options) {
    this.options = InvalidInputException.required("options", options);
  }

  /** How this transport behaves. */
  protected final HttpOptions options() {
    return options;
  }

  /**
   * Does one call in the caller's thread: tells {@link Call#onEnd} how to drop its connection,
   * passes {@link Call#send} right before the first byte, and reads by {@link Call#read}.
   */
  protected abstract HttpResponse exchange(Call call) throws IOException;

  /** Frees what the client holds; called once, after the calls in flight were ended. */
  protected abstract void closeClient();

  @Override
  public final HttpResponse send(HttpRequest request, Duration limit) {
    InvalidInputException.required("request", request);
    Call call = new Call(request, options, usable(limit));
    if (closed) {
      throw new TransportException.NotSent(request, "http.closed", "the transport is closed", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new TransportException.NotSent(
          request, "http.interrupted", "the thread was interrupted before the call", null);
    }
    inFlight.put(Thread.currentThread(), call);
    boolean whole = false;
    try {
      watch.expect(call);
      if (closed) {
        call.end(Call.End.CLOSED);
      }
      HttpResponse answer = exchange(call);
      if (call.shut()) {
        // Nothing of ours was sent, so somebody else answered: a proxy that refused the tunnel.
        throw new TransportException.NotSent(
            request, "http.proxy", "a proxy answered with status " + answer.status(), null);
      }
      whole = true;
      return answer;
    } catch (TransportException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw call.failure(e);
    } finally {
      inFlight.remove(Thread.currentThread());
      if (!whole) {
        call.drop();
      }
    }
  }

  @Override
  public final void close() {
    synchronized (watch) {
      if (closed) {
        return;
      }
      closed = true;
    }
    inFlight.values().forEach(call -> call.end(Call.End.CLOSED));
    watch.stop();
    lookups.shutdownNow();
    closeClient();
  }

  /** The call that the current thread does. */
  protected final Call current() {
    Call call = inFlight.get(Thread.currentThread());
    if (call == null) {
      throw new IllegalStateException("this thread does no call");
    }
    return call;
  }

  /** The addresses of a host; waits no longer than the call may. */
  protected final InetAddress[] lookUp(String host) throws UnknownHostException {
    return lookUp(host, () -> InetAddress.getAllByName(host));
  }

  /** The same, found like this, in a thread of its own. */
  protected final InetAddress[] lookUp(String host, Callable<InetAddress[]> how)
      throws UnknownHostException {
    return current().await(host, lookups.submit(how));
  }

  /** A socket whose operations end when their thread is interrupted; plain sockets' do not. */
  public static Socket interruptibleSocket() throws IOException {
    return SocketChannel.open().socket();
  }

  private static Duration usable(@Nullable Duration limit) {
    if (limit == null
        || limit.isNegative()
        || limit.isZero()
        || limit.compareTo(HttpOptions.MAX_TIME) > 0) {
      throw new InvalidInputException(
          new Problem(
              "limit",
              "http.time-range",
              "the time limit is missing or out of range",
              "give a time greater than zero and at most " + HttpOptions.MAX_TIME));
    }
    return limit;
  }
}
