package dev.gatehouse.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The door on {@code java.net.http}, HTTP/1.1. All that is special to that client is in this file:
 *
 * <ul>
 *   <li>Its time-out leaves the body out, so the deadline is our own wait, then a cancel.
 *   <li>It resends a GET (and, by a system property, any method) after a stale pooled connection,
 *       so every call passes a {@link OneSend gate} that opens once.
 *   <li>It has no {@code close} before Java 21, so threads belong to an executor of ours; the
 *       client's own selector thread ends when the client is no longer referenced.
 * </ul>
 */
final class JdkHttpTransport implements HttpTransport {
  private final HttpOptions options;
  private final ExecutorService executor;
  private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();

  /** Null once closed. */
  private volatile @Nullable HttpClient client;

  JdkHttpTransport(HttpOptions options) {
    this.options = options;
    // Unbounded, because a name server that hangs blocks one of its threads.
    this.executor =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "gatehouse-http");
              thread.setDaemon(true);
              return thread;
            });
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.connectTimeout())
            .executor(executor)
            .build();
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    Inputs.required("request", request);
    long deadline = System.nanoTime() + Inputs.timeLimit(limit).toNanos();
    HttpClient open = client;
    if (open == null) {
      throw closed(request);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new TransportException.NotSent(
          request, "http.interrupted", "the thread was interrupted before the call", null);
    }
    OneSend gate = new OneSend(request.body());
    CappedBody body = new CappedBody(options.maxResponseBytes());
    CompletableFuture<java.net.http.HttpResponse<byte[]>> answer = start(open, request, gate, body);
    inFlight.add(answer);
    try {
      if (client == null) {
        answer.cancel(true);
      }
      return complete(
          request, gate, answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw ended(request, gate, "http.timeout", "no complete answer within " + limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ended(request, gate, "http.interrupted", "the thread was interrupted while waiting");
    } catch (CancellationException e) {
      throw failed(request, gate, body, e);
    } catch (ExecutionException e) {
      throw failed(request, gate, body, e.getCause() == null ? e : e.getCause());
    } finally {
      inFlight.remove(answer);
      answer.cancel(true);
      body.cancel();
    }
  }

  @Override
  public void close() {
    client = null;
    inFlight.forEach(answer -> answer.cancel(true));
    executor.shutdown();
  }

  private CompletableFuture<java.net.http.HttpResponse<byte[]>> start(
      HttpClient open, HttpRequest request, OneSend gate, CappedBody body) {
    try {
      var builder = java.net.http.HttpRequest.newBuilder(request.uri());
      builder.method(request.method(), gate);
      for (HttpHeaders.Field field : request.headers().fields()) {
        builder.header(field.name(), field.value());
      }
      return open.sendAsync(builder.build(), body);
    } catch (RuntimeException e) {
      throw failed(request, gate, body, e);
    }
  }

  private static HttpResponse complete(
      HttpRequest request, OneSend gate, java.net.http.HttpResponse<byte[]> answer) {
    if (gate.shut()) {
      // Nothing of ours was written, so somebody else answered: a proxy that refused the tunnel.
      throw new TransportException.NotSent(
          request, "http.proxy", "a proxy answered with status " + answer.statusCode(), null);
    }
    return new HttpResponse(
        answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
  }

  private TransportException failed(
      HttpRequest request, OneSend gate, CappedBody body, Throwable cause) {
    if (client == null) {
      return ended(request, gate, "http.closed", "the transport was closed during the call");
    }
    if (gate.shut()) {
      String what = "no connection (" + cause.getClass().getSimpleName() + ")";
      return new TransportException.NotSent(request, "http.connect", what, cause);
    }
    if (body.isTooLarge()) {
      String what = "the answer is larger than " + options.maxResponseBytes() + " bytes";
      return new TransportException.Unknown(request, "http.too-large", what);
    }
    String what = "no complete, readable answer (" + cause.getClass().getSimpleName() + ")";
    return new TransportException.Unknown(request, "http.connection-lost", what);
  }

  private static TransportException ended(
      HttpRequest request, OneSend gate, String code, String what) {
    return gate.shut()
        ? new TransportException.NotSent(request, code, what + ", before it was sent", null)
        : new TransportException.Unknown(request, code, what);
  }

  private static TransportException closed(HttpRequest request) {
    return new TransportException.NotSent(request, "http.closed", "the transport is closed", null);
  }

  /**
   * The request's body, and the proof of what was sent. The client can't write the first header
   * without asking for the length, so as long as nobody asked, nothing was sent. It asks once per
   * attempt, after the connection stands; the second attempt is refused.
   */
  private static final class OneSend implements BodyPublisher {
    private enum State {
      WAITING,
      SENT,
      SHUT
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final BodyPublisher bytes;

    OneSend(byte[] body) {
      this.bytes = BodyPublishers.ofByteArray(body);
    }

    /** Forbids sending; true if nothing was sent and, from now on, nothing will be. */
    boolean shut() {
      return state.compareAndSet(State.WAITING, State.SHUT) || state.get() == State.SHUT;
    }

    @Override
    public long contentLength() {
      if (!state.compareAndSet(State.WAITING, State.SENT)) {
        throw new ResendRefused();
      }
      return bytes.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      bytes.subscribe(subscriber);
    }
  }

  /** Named for the person who reads it in a message: the client wanted to send again. */
  private static final class ResendRefused extends IllegalStateException {
    private static final long serialVersionUID = 1L;
  }

  /** Collects the answer's body up to a cap, then drops the connection. */
  private static final class CappedBody implements BodyHandler<byte[]>, BodySubscriber<byte[]> {
    private final int cap;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicReference<Flow.@Nullable Subscription> source = new AtomicReference<>();
    private volatile boolean tooLarge;

    CappedBody(int cap) {
      this.cap = cap;
    }

    boolean isTooLarge() {
      return tooLarge;
    }

    /** Stops reading, if it has begun and not ended. */
    void cancel() {
      Flow.Subscription subscription = source.get();
      if (subscription != null && !result.isDone()) {
        subscription.cancel();
      }
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo info) {
      return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source.set(subscription);
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (tooLarge || buffer.remaining() > cap - bytes.size()) {
          refuse();
          return;
        }
        byte[] chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
      }
    }

    private void refuse() {
      tooLarge = true;
      cancel();
      result.completeExceptionally(new IOException("the answer is too large"));
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      result.complete(bytes.toByteArray());
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return result;
    }
  }
}
