package dev.gatehouse.testkit.sink;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.DirectTransport;
import dev.gatehouse.testkit.emulator.LoopbackServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A service that is told over HTTP, and that can be asked to fail. Listens, once it is asked where,
 * until it is closed. Thread-safe.
 */
public abstract class EmulatedSink implements DirectTransport.Provider, AutoCloseable {
  private final String name;
  private @Nullable LoopbackServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deque<Planned> planned = new ArrayDeque<>();
  private final List<HttpRequest> requests = new ArrayList<>();
  private Optional<HttpResponse> always = Optional.empty();
  private boolean isSilent;
  private Runnable meanwhile = () -> {};

  private record Planned(HttpResponse answer, boolean takes) {}

  EmulatedSink(String name) {
    this.name = name;
  }

  /** What the service does with a request; called by one thread at a time. */
  abstract HttpResponse take(HttpRequest request);

  /** An answer without a body. */
  public static HttpResponse status(int status) {
    return new HttpResponse(status, HttpHeaders.none(), new byte[0]);
  }

  /** An answer with a body, whatever it is. */
  public static HttpResponse status(int status, String body) {
    return new HttpResponse(status, HttpHeaders.none(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** Where it listens, from when this is first asked. */
  public final synchronized URI baseUrl() {
    LoopbackServer listening = server;
    if (listening == null) {
      listening = LoopbackServer.start(name, this::handle, refused -> status(400));
      server = listening;
    }
    return listening.baseUrl();
  }

  /** Every request that came, in order, whatever it was answered. */
  public final synchronized List<HttpRequest> requests() {
    return List.copyOf(requests);
  }

  /** The next request is answered so, and not taken. */
  public final synchronized void refuseOnce(HttpResponse answer) {
    planned.add(new Planned(answer, false));
  }

  /** The next request is taken, and answered so. */
  public final synchronized void answerOnce(HttpResponse answer) {
    planned.add(new Planned(answer, true));
  }

  /** Every request is answered so from now on, and not taken, until this is taken back. */
  public final synchronized void refuseAll(Optional<HttpResponse> answer) {
    always = answer;
  }

  /** No request is answered from now on, nor taken, until this is taken back. */
  public final synchronized void beSilent(boolean silent) {
    isSilent = silent;
  }

  /** Something happens while the next request is under way. */
  public final synchronized void meanwhile(Runnable what) {
    meanwhile = what;
  }

  /** Its answer to a request, without HTTP. */
  @Override
  public final HttpResponse handle(HttpRequest request) {
    takeMeanwhile().run();
    if (isSilentNow(request)) {
      awaitTheEnd();
    }
    return answerNow(request);
  }

  private synchronized Runnable takeMeanwhile() {
    Runnable next = meanwhile;
    meanwhile = () -> {};
    return next;
  }

  private synchronized boolean isSilentNow(HttpRequest request) {
    if (isSilent) {
      requests.add(request);
    }
    return isSilent;
  }

  private void awaitTheEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized HttpResponse answerNow(HttpRequest request) {
    if (closed.getCount() == 0) {
      return status(503);
    }
    requests.add(request);
    if (always.isPresent()) {
      return always.get();
    }
    if (planned.isEmpty()) {
      return take(request);
    }
    Planned next = planned.remove();
    if (next.takes) {
      take(request);
    }
    return next.answer;
  }

  /** Stops listening; whoever waits for an answer gets none. */
  @Override
  public final void close() {
    closed.countDown();
    LoopbackServer listening = listening();
    if (listening != null) {
      listening.close();
    }
  }

  private synchronized @Nullable LoopbackServer listening() {
    return server;
  }
}
