package dev.gatehouse.testkit.conformance;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The way between a gateway and its provider: remembers every request, and does to one of them what
 * a check asks for. The provider is asked by one at a time, as it is a function of its ledger.
 */
final class Network implements HttpTransport {
  private static final String PAGE = "<html><body><h1>Something went wrong</h1></body></html>";

  private final SimulatedProvider provider;
  private final TestClock clock;
  private final List<HttpRequest> sent = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<Fault>> next = new AtomicReference<>(Optional.empty());
  private volatile Optional<Fault> always = Optional.empty();
  private volatile Gate gate = Gate.open();

  Network(SimulatedProvider provider, TestClock clock) {
    this.provider = provider;
    this.clock = clock;
  }

  /** The next request that may change something about a payment meets this. */
  void strikeNext(Fault fault) {
    next.set(Optional.of(fault));
  }

  /** Every request meets this from now on. */
  void strikeEvery(Fault fault) {
    always = Optional.of(fault);
  }

  /** The network works again. */
  void strikeNoMore() {
    always = Optional.empty();
    next.set(Optional.empty());
  }

  /** Requests that may change something are answered when so many are on their way at once. */
  void gather(int many) {
    gate = Gate.of(many);
  }

  /** Every request so far, oldest first. */
  List<HttpRequest> sent() {
    return List.copyOf(sent);
  }

  /** Those that may change something about a payment. */
  List<HttpRequest> acting() {
    return sent.stream().filter(provider::acts).toList();
  }

  /** What the provider answered so far, oldest first. */
  List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    Optional<Fault> fault =
        provider.acts(request) ? next.getAndSet(Optional.empty()).or(() -> always) : always;
    if (fault.filter(Fault.REFUSED::equals).isPresent()) {
      throw new TransportException.NotSent(request, "http.connect", "connection refused", null);
    }
    sent.add(request);
    if (provider.acts(request)) {
      gate.pass();
    }
    if (fault.isEmpty()) {
      return answer(request);
    }
    Optional<HttpResponse> done =
        fault.get().acts() ? Optional.of(answer(request)) : Optional.empty();
    return strike(fault.get(), request, done, limit);
  }

  private synchronized HttpResponse answer(HttpRequest request) {
    HttpResponse answer = provider.handle(request);
    told.add(answer.bodyAsUtf8());
    return answer;
  }

  private HttpResponse strike(
      Fault fault, HttpRequest request, Optional<HttpResponse> done, Duration limit) {
    return switch (fault) {
      case REFUSED, LOST_REQUEST, LOST_ANSWER -> {
        clock.advance(limit);
        throw new TransportException.Unknown(request, "http.timeout", "no answer in time");
      }
      case FAILS_BEFORE, FAILS_AFTER -> plain(500, "{}", HttpHeaders.none());
      case BAD_GATEWAY -> plain(502, PAGE, HttpHeaders.none());
      case UNAVAILABLE -> plain(503, PAGE, HttpHeaders.none());
      case GATEWAY_TIMEOUT -> plain(504, PAGE, HttpHeaders.none());
      case RATE_LIMITED -> plain(429, "{}", HttpHeaders.none().with("retry-after", "7"));
      case TRUNCATED -> cut(done.orElseThrow(), 2);
      case EMPTY -> cut(done.orElseThrow(), Integer.MAX_VALUE);
      case HTML -> plain(done.orElseThrow().status(), PAGE, HttpHeaders.none());
    };
  }

  private static HttpResponse cut(HttpResponse whole, int part) {
    byte[] body = whole.body();
    return new HttpResponse(
        whole.status(), whole.headers(), Arrays.copyOf(body, body.length / part));
  }

  private static HttpResponse plain(int status, String body, HttpHeaders headers) {
    return new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    // The provider outlives the gateway.
  }
}
