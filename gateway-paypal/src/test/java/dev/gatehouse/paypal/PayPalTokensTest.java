package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The access token of one instance: fetched by one caller, in time, and shown to nobody. */
@Timeout(60)
class PayPalTokensTest {
  private static final int CALLERS = 32;

  private final Bench bench = new Bench();
  private final TokenDoor door = new TokenDoor(bench.door);
  private final PayPalGateway gateway = bench.open(bench.app.settings(), door, Mode.TEST);
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final Outcome paid = bench.captured("pay-1");

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  /** Counts the requests for tokens, and holds them back until everybody waits. */
  private static final class TokenDoor implements HttpTransport {
    private final HttpTransport behind;
    private final AtomicInteger fetches = new AtomicInteger();
    private Supplier<@Nullable HttpResponse> instead = () -> null;
    private HttpRequest last =
        new HttpRequest("GET", URI.create("https://none"), HttpHeaders.none(), new byte[0]);
    private CountDownLatch open = new CountDownLatch(0);

    TokenDoor(HttpTransport behind) {
      this.behind = behind;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (!request.uri().getPath().equals("/v1/oauth2/token")) {
        return behind.send(request, limit);
      }
      last = request;
      fetches.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      HttpResponse answer = instead.get();
      return answer == null ? behind.send(request, limit) : answer;
    }

    @Override
    public void close() {
      behind.close();
    }
  }

  /** All at once, with no token; the first one is let through when all the others wait for it. */
  private List<Lookup> allAtOnce() throws Exception {
    door.open = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(CALLERS);
    Callable<Lookup> call =
        () -> {
          synchronized (threads) {
            threads.add(Thread.currentThread());
          }
          started.countDown();
          return gateway.lookup(bench.trace("pay-1", paid));
        };
    List<Future<Lookup>> answers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      answers.add(callers.submit(call));
    }
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    synchronized (threads) {
      threads.forEach(PayPalTokensTest::awaitParked);
    }
    door.open.countDown();
    List<Lookup> results = new ArrayList<>();
    for (Future<Lookup> answer : answers) {
      results.add(answer.get(30, TimeUnit.SECONDS));
    }
    return results;
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private int refetched() throws Exception {
    door.fetches.set(0);
    List<Lookup> answers = allAtOnce();
    assertThat(answers).hasSize(CALLERS).allMatch(Lookup.Found.class::isInstance);
    return door.fetches.get();
  }

  @Test
  void many_callers_without_a_token_fetch_one() throws Exception {
    assertThat(refetched()).isEqualTo(1);
    bench.clock.advance(Duration.ofHours(9));
    assertThat(refetched()).isEqualTo(1);
  }

  @Test
  void a_token_is_renewed_a_minute_before_it_ends_and_not_sooner() {
    gateway.lookup(bench.trace("pay-1", paid));
    bench.clock.advance(Duration.ofHours(9).minusSeconds(61));
    gateway.lookup(bench.trace("pay-1", paid));
    assertThat(door.fetches.get()).isEqualTo(1);

    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(gateway.lookup(bench.trace("pay-1", paid))).isInstanceOf(Lookup.Found.class);
    assertThat(door.fetches.get()).isEqualTo(2);
  }

  /** Those who waited for it share its failure; one that comes later asks again. */
  @Test
  void a_fetch_that_fails_is_made_once_for_all_who_waited() throws Exception {
    door.instead = () -> answer(503, "text/html", "down");
    assertThat(allAtOnce())
        .hasSize(CALLERS)
        .allSatisfy(
            lookup ->
                assertThat(((Lookup.CannotTell) lookup).failure().category())
                    .isEqualTo(ErrorCategory.UNAVAILABLE));
    assertThat(door.fetches.get()).isEqualTo(1);

    door.instead = () -> null;
    assertThat(gateway.lookup(bench.trace("pay-1", paid))).isInstanceOf(Lookup.Found.class);
    assertThat(door.fetches.get()).isEqualTo(2);
  }

  @Test
  void many_callers_with_a_token_that_paypal_dropped_fetch_one() throws Exception {
    gateway.lookup(bench.trace("pay-1", paid));
    bench.controls().revokeTokens();
    door.fetches.set(0);

    List<Future<Lookup>> answers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      answers.add(callers.submit(() -> gateway.lookup(bench.trace("pay-1", paid))));
    }
    for (Future<Lookup> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(Lookup.Found.class);
    }
    assertThat(door.fetches.get()).isEqualTo(1);
  }

  /** A refused token is renewed once; refused again, it is somebody's turn to look. */
  @Test
  void a_second_refusal_is_an_error_that_names_the_settings_and_no_token() {
    String order = bench.approved(Bench.sale("pay-2"));
    door.instead =
        () -> {
          bench.controls().revokeTokens();
          return answer(
              200,
              "application/json",
              "{\"access_token\":\"A21-canary-" + door.fetches + "\",\"expires_in\":32400}");
        };

    Outcome outcome = gateway.complete(bench.complete("pay-2", order, CaptureMode.AUTOMATIC));

    var failure = ((Outcome.NotSent) outcome).failure();
    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.message())
        .contains("'client-id'", "'client-secret'", "'paypal-eu'", "debug id")
        .doesNotContain("canary");
    assertThat(door.fetches.get()).isEqualTo(2);
    assertThat(bench.door.sent("/capture")).hasSize(3);
    assertThat(bench.order("pay-2").captures()).isEmpty();
    assertThat(gateway.toString() + outcome).doesNotContain("canary");
  }

  @Test
  void credentials_that_were_revoked_are_told_by_their_settings() {
    gateway.lookup(bench.trace("pay-1", paid));
    bench.controls().revokeTokens();
    door.instead = () -> answer(401, "application/json", "{\"error\":\"invalid_client\"}");

    Outcome outcome = gateway.charge(Bench.sale("pay-2"));

    var failure = ((Outcome.NotSent) outcome).failure();
    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.message()).contains("'client-id'", "'client-secret'", "'paypal-eu'", "f1a2");
  }

  @Test
  void credentials_of_the_sandbox_are_unknown_at_the_live_site_and_the_site_is_named() {
    Map<String, String> settings = bench.app.settings();
    settings.put("environment", "live");

    Outcome outcome = bench.open(settings, bench.door, Mode.LIVE).charge(Bench.sale("pay-2"));

    var failure = ((Outcome.NotSent) outcome).failure();
    assertThat(failure.category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure.message()).contains("live site", "'client-id'", "other site");
  }

  @ParameterizedTest
  @CsvSource({
    "200, application/json, {}, UNAVAILABLE",
    "200, application/json, '{\"access_token\":7,\"expires_in\":1}', UNAVAILABLE",
    "200, application/json, '{\"access_token\":\"t\",\"expires_in\":0}', UNAVAILABLE",
    "200, application/json, '{\"access_token\":\"t\",\"expires_in\":-30}', UNAVAILABLE",
    "200, application/json, '{\"access_token\":\"t\",\"expires_in\":9000000000000000000}', UNAVAILABLE",
    "200, text/html, <h1>Login</h1>, UNAVAILABLE",
    "401, application/json, '{\"error\":\"invalid_client\"}', AUTHENTICATION",
    "401, text/html, proxy, UNAVAILABLE",
    "429, application/json, {}, RATE_LIMITED",
    "500, application/json, {}, UNAVAILABLE",
  })
  void without_a_token_nothing_is_sent_and_why_is_typed(
      int status, String type, String body, ErrorCategory category) {
    int before = bench.door.sent().size();
    door.instead = () -> answer(status, type, body);

    Outcome outcome = gateway.charge(Bench.sale("pay-2"));

    assertThat(((Outcome.NotSent) outcome).failure().category()).isEqualTo(category);
    assertThat(bench.door.sent()).hasSize(before);
  }

  /** One that ends within two minutes would else be fetched anew by every call, or nearly so. */
  @Test
  void a_token_that_hardly_lives_serves_for_half_of_its_life() {
    door.instead =
        () -> {
          HttpResponse real = bench.paypal.handle(door.last);
          String body = real.bodyAsUtf8().replace("32400", "30");
          return new HttpResponse(200, real.headers(), body.getBytes(StandardCharsets.UTF_8));
        };
    gateway.lookup(bench.trace("pay-1", paid));
    bench.clock.advance(Duration.ofSeconds(14));
    gateway.lookup(bench.trace("pay-1", paid));
    assertThat(door.fetches.get()).isEqualTo(1);

    bench.clock.advance(Duration.ofSeconds(1));
    gateway.lookup(bench.trace("pay-1", paid));
    assertThat(door.fetches.get()).isEqualTo(2);
  }

  private static HttpResponse answer(int status, String type, String body) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", type).with("paypal-debug-id", "f1a2"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
