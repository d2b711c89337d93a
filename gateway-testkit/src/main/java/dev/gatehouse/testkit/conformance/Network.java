package dev.gatehouse.testkit.conformance;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The way between a gateway and its provider: remembers every request, and does to one of them what
 * a check asks for. The provider is asked by one at a time, as it is a function of its ledger.
 */
final class Network implements HttpTransport {
  private static final String PAGE = "<html><body><h1>Something went wrong</h1></body></html>";

  private static final String ERROR =
      "{\"error\":{\"code\":\"upstream_failed\",\"message\":\"Try again later.\"}}";
  private static final HttpHeaders JSON_TYPE =
      HttpHeaders.none().with("content-type", "application/json");
  private static final long SOON_MILLIS = 100;

  /** What {@link Fault#RATE_LIMITED} asks for. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(7);

  private static final Duration A_WHILE = Duration.ofMillis(3);

  private final SimulatedProvider provider;
  private final TestClock clock;
  private final List<HttpRequest> sent = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<Fault>> next = new AtomicReference<>(Optional.empty());
  private volatile Optional<Fault> always = Optional.empty();
  private volatile Optional<Fault> alwaysActing = Optional.empty();
  private final AtomicReference<Optional<Interruption>> interruption =
      new AtomicReference<>(Optional.empty());
  private final List<Leg> legs = new CopyOnWriteArrayList<>();
  private volatile Gate gate = Gate.open();
  private volatile Gate besides = Gate.open();
  private final AtomicInteger spared = new AtomicInteger();
  private volatile boolean anyInterrupted;
  private volatile boolean dragging;
  private volatile Duration taking = Duration.ZERO;
  private volatile boolean closed;
  private volatile boolean forgetful;
  private volatile boolean enriched;

  /** When the caller's thread is interrupted. */
  enum Interruption {
    /** Before the request is sent. */
    BEFORE,
    /** While the answer is waited for, which the provider has given. */
    AFTER
  }

  /** One request: how long it might have taken, and how long it took. */
  record Leg(Duration limit, Duration took) {}

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
    strikeAfter(0, fault);
  }

  /** So many requests go well; every one after them meets this. */
  void strikeAfter(int good, Fault fault) {
    spared.set(good);
    always = Optional.of(fault);
  }

  /** Every request that may change something meets this from now on. */
  void strikeEveryActing(Fault fault) {
    alwaysActing = Optional.of(fault);
  }

  /** The caller's thread is interrupted at the next request that may change something. */
  void interruptNext(Interruption when) {
    anyInterrupted = false;
    interruption.set(Optional.of(when));
  }

  /** The caller's thread is interrupted at the next request, whatever it is for. */
  void interruptAny(Interruption when) {
    anyInterrupted = true;
    interruption.set(Optional.of(when));
  }

  /** Whether no request came that an interrupt was planned for. */
  boolean isInterruptLeft() {
    return interruption.getAndSet(Optional.empty()).isPresent();
  }

  /** Answers take a moment from now on, and how long is remembered. */
  void drag() {
    dragging = true;
  }

  /** The clock goes on by so much after each answer from now on, before it has arrived. */
  void take(Duration each) {
    taking = each;
  }

  /** Nothing is remembered from now on, so that it takes no memory. */
  void forget() {
    forgetful = true;
  }

  /** Answers have fields from now on that nobody has heard of. */
  void enrich() {
    enriched = true;
  }

  /** What was sent since answers take a moment. */
  List<Leg> legs() {
    return List.copyOf(legs);
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

  /** Requests that change nothing are answered when so many wait, or soon after. */
  void gatherBesides(int many) {
    besides = Gate.of(many, SOON_MILLIS);
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
    Optional<Fault> fault = fault(request);
    if (fault.filter(Fault::isBeforeSending).isPresent()) {
      throw notSent(request, fault.get());
    }
    Optional<Interruption> interruption = interrupted(request);
    if (interruption.filter(Interruption.BEFORE::equals).isPresent()) {
      Thread.currentThread().interrupt();
      throw new TransportException.NotSent(
          request, "http.interrupted", "the thread was interrupted before the call", null);
    }
    if (!forgetful) {
      sent.add(request);
    }
    if (provider.acts(request)) {
      gate.pass();
    } else {
      besides.pass();
    }
    if (interruption.isPresent()) {
      answer(request);
      Thread.currentThread().interrupt();
      throw new TransportException.Unknown(
          request, "http.interrupted", "the thread was interrupted while waiting");
    }
    if (fault.isEmpty()) {
      return dragged(request, limit);
    }
    Optional<HttpResponse> done =
        fault.get().acts() ? Optional.of(answer(request)) : Optional.empty();
    return strike(fault.get(), request, done, limit);
  }

  private Optional<Fault> fault(HttpRequest request) {
    Optional<Fault> planned =
        provider.acts(request) ? next.getAndSet(Optional.empty()) : Optional.empty();
    boolean isSpared = planned.isEmpty() && spared.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    return isSpared
        ? Optional.empty()
        : planned
            .or(() -> provider.acts(request) ? alwaysActing : Optional.empty())
            .or(() -> always);
  }

  private static TransportException notSent(HttpRequest request, Fault fault) {
    return fault == Fault.NO_NAME
        ? new TransportException.NotSent(
            request,
            "http.connect",
            "no address is known for its name",
            new UnknownHostException("provider"))
        : new TransportException.NotSent(request, "http.connect", "connection refused", null);
  }

  private Optional<Interruption> interrupted(HttpRequest request) {
    boolean any = anyInterrupted || provider.acts(request);
    return any ? interruption.getAndSet(Optional.empty()) : Optional.empty();
  }

  /** The answer, after a while if it is to take one, by whatever clock time is measured. */
  private HttpResponse dragged(HttpRequest request, Duration limit) {
    if (!dragging) {
      HttpResponse answer = answer(request);
      clock.advance(taking);
      return answer;
    }
    long begin = System.nanoTime();
    HttpResponse answer = answer(request);
    while (System.nanoTime() - begin < A_WHILE.toNanos()) {
      LockSupport.parkNanos(A_WHILE.toNanos());
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    clock.advance(took);
    legs.add(new Leg(limit, took));
    return answer;
  }

  private synchronized HttpResponse answer(HttpRequest request) {
    HttpResponse answer = provider.handle(request);
    if (enriched) {
      answer = Enriched.of(answer);
    }
    if (!forgetful) {
      told.add(answer.bodyAsUtf8());
    }
    return answer;
  }

  private HttpResponse strike(
      Fault fault, HttpRequest request, Optional<HttpResponse> done, Duration limit) {
    return switch (fault) {
      case REFUSED, NO_NAME, LOST_REQUEST, LOST_ANSWER -> {
        clock.advance(limit);
        throw new TransportException.Unknown(request, "http.timeout", "no answer in time");
      }
      case FAILS_BEFORE, FAILS_AFTER -> plain(500, "{}", HttpHeaders.none());
      case BAD_GATEWAY -> plain(502, PAGE, HttpHeaders.none());
      case UNAVAILABLE, UNAVAILABLE_AFTER -> plain(503, PAGE, HttpHeaders.none());
      case UNAUTHORIZED -> plain(401, "{}", JSON_TYPE);
      case FORBIDDEN -> plain(403, "{}", JSON_TYPE);
      case NOT_FOUND_PAGE -> plain(404, PAGE, HttpHeaders.none());
      case ERROR_UNDER_200 ->
          plain(done.orElseThrow().status(), "{\"error\":{\"message\":\"later\"}}", JSON_TYPE);
      case GATEWAY_TIMEOUT -> plain(504, PAGE, HttpHeaders.none());
      case RATE_LIMITED ->
          plain(
              429,
              "{}",
              HttpHeaders.none().with("retry-after", Long.toString(RETRY_AFTER.toSeconds())));
      case RATE_LIMITED_UNTIL ->
          plain(429, "{}", HttpHeaders.none().with("retry-after", "Sun, 01 Mar 2026 12:00:07 GMT"));
      case ERROR_IN_GOOD_ANSWER -> plain(200, ERROR, HttpHeaders.none());
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

  /** Whether somebody closed what belongs to the framework. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
