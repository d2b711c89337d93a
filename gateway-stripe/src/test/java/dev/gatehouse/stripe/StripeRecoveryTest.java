package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.stripe.LossyDoor.Fault;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeOptions;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeRecoveryTest {
  private static final String PATH = "/v1/payment_intents";

  private final Bench bench = new Bench();
  private final StripeGateway gateway = bench.gateway;

  private static Failure failure(Outcome outcome) {
    return outcome instanceof Outcome.NotSent notSent
        ? notSent.failure()
        : ((Outcome.Unknown) outcome).failure();
  }

  private Trace chargeInDoubt(Instant sentAt) {
    return Bench.inDoubt(
        "pay-1", OperationKind.CHARGE, "pay-1:charge:1", sentAt, PaymentFacts.none());
  }

  @Test
  void a_lost_response_is_unknown_and_one_charge_is_found_by_our_reference() {
    bench.door.next(Fault.LOST_RESPONSE);
    Instant sentAt = bench.clock.instant();
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
    bench.clock.advance(StripeGatewayProvider.SETTLES);

    Snapshot found = Bench.found(gateway.lookup(chargeInDoubt(sentAt)));

    assertThat(found.facts().attempts().values())
        .singleElement()
        .matches(attempt -> attempt.operation().has("pay-1:charge:1"));
    assertThat(found.complete()).containsExactlyInAnyOrder(FactList.values());
    assertThat(bench.ledger().requests("POST", PATH)).isEqualTo(1);
    assertThat(bench.ledger().requests()).isEqualTo(3);
    assertThat(bench.ledger().effectsOf("pay-1:charge:1")).isEqualTo(1);
  }

  @Test
  void a_lost_request_is_unknown_and_absent_for_certain_only_once_it_is_settled() {
    bench.door.next(Fault.LOST_REQUEST);
    Instant sentAt = bench.clock.instant();
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(gateway.lookup(chargeInDoubt(sentAt)))
        .isEqualTo(new Lookup.AbsentAsOf(sentAt, false));
    bench.clock.advance(StripeGatewayProvider.SETTLES);
    assertThat(gateway.lookup(chargeInDoubt(sentAt)))
        .isEqualTo(new Lookup.AbsentAsOf(bench.clock.instant(), true));
    assertThat(bench.ledger().charges()).isEmpty();
  }

  @Test
  void the_same_key_is_one_charge_also_from_a_fresh_instance() {
    Outcome first = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    Outcome again =
        bench
            .open(bench.account, bench.door, Map.of())
            .charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(again).isEqualTo(first);
    assertThat(bench.ledger().effectsOf("pay-1:charge:1")).isEqualTo(1);
    assertThat(bench.ledger().requestsWithKey("pay-1:charge:1")).isEqualTo(2);
  }

  @Test
  void the_same_key_with_another_amount_is_a_conflict_and_no_charge() {
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    Outcome other =
        gateway.charge(
            Bench.charge(
                "pay-1", Money.parse("EUR 11.00"), CaptureMode.AUTOMATIC, StripeToken.VISA, true));
    assertThat(other).isInstanceOf(Outcome.NotSent.class);
    assertThat(failure(other).category()).isEqualTo(ErrorCategory.IDEMPOTENCY_CONFLICT);
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @Test
  void a_key_in_use_is_unknown_because_another_send_of_it_is_under_way() {
    bench.controls().keyInUse("pay-1:charge:1", true);
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_refused_connection_is_not_sent() {
    bench.door.next(Fault.REFUSED_CONNECTION);
    Outcome outcome = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(failure(outcome).category()).isEqualTo(ErrorCategory.NOT_SENT);
    assertThat(bench.ledger().requests()).isZero();
  }

  @Test
  void too_many_requests_are_not_sent_and_say_how_long_to_wait() {
    bench.controls().rateLimitNext();
    Outcome outcome = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(failure(outcome).category()).isEqualTo(ErrorCategory.RATE_LIMITED);
    assertThat(failure(outcome).retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @Test
  void a_replayed_500_after_the_effect_is_unknown_and_the_lookup_finds_the_charge() {
    bench.controls().failNext(true);
    Instant sentAt = bench.clock.instant();
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(Bench.found(gateway.lookup(chargeInDoubt(sentAt))).facts().movements()).hasSize(1);
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {",
        "200 | <html>hello</html>",
        "200 | {}",
        "200 | {\"id\":\"pi_1\",\"object\":\"payment_intent\"}",
        "200 | []",
        "200 | null",
        "200 | {\"id\":\"pi_1\",\"status\":\"succeeded\",\"amount\":10.5,\"currency\":\"eur\"}",
        "201 | ''",
        "301 | ''",
        "400 | <html>some proxy</html>",
        "400 | {\"error\":\"some proxy\"}",
        "402 | {\"error\":{\"message\":\"some proxy\"}}",
        "403 | <html>some firewall</html>",
        "404 | not found",
        "429 | slow down, says the proxy",
        "500 | ''",
        "502 | <html>bad gateway</html>",
        "503 | {\"error\":{\"type\":\"api_error\",\"message\":\"down\"}}",
        "504 | ''",
      })
  void an_answer_that_settles_nothing_is_unknown(int status, String body) {
    bench.door.answerInstead(status, body);
    Outcome outcome = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(failure(outcome).category()).isEqualTo(ErrorCategory.UNKNOWN_OUTCOME);
    bench.door.answerInstead(status, body);
    assertThat(gateway.lookup(chargeInDoubt(bench.clock.instant())))
        .isInstanceOf(Lookup.CannotTell.class);
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @Test
  void a_wrong_key_names_its_setting_and_shows_nothing_of_it() {
    StripeGateway wrong =
        bench.open(
            bench.account,
            bench.door,
            Map.of(StripeGatewayProvider.SECRET_KEY, "sk_test_canary99"));
    Outcome outcome = wrong.charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(failure(outcome).category()).isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(failure(outcome).message()).contains("'secret-key'").doesNotContain("canary");
    assertThat(outcome.toString()).doesNotContain("canary");
    Lookup lookup = wrong.lookup(chargeInDoubt(bench.clock.instant()));
    assertThat(((Lookup.CannotTell) lookup).failure().category())
        .isEqualTo(ErrorCategory.AUTHENTICATION);
    assertThat(wrong.toString()).doesNotContain("canary");
  }

  @Test
  void a_lost_capture_is_found_by_the_intent_and_happens_once() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    bench.door.next(Fault.LOST_RESPONSE);
    Instant sentAt = bench.clock.instant();
    assertThat(gateway.capture(bench.capture(held, "pay-1", "EUR 7.00")))
        .isInstanceOf(Outcome.Unknown.class);
    bench.clock.advance(StripeGatewayProvider.SETTLES);

    Snapshot found =
        Bench.found(
            gateway.lookup(
                Bench.inDoubt(
                    "pay-1", OperationKind.CAPTURE, "pay-1:capture:1", sentAt, held.facts())));

    assertThat(found.facts().movements().values())
        .singleElement()
        .matches(capture -> capture.operation().has("pay-1:capture:1"));
    assertThat(found.complete()).contains(FactList.CAPTURES);
    assertThat(bench.ledger().requests("POST", PATH + "/{id}/capture")).isEqualTo(1);
    assertThat(bench.ledger().captured("pay-1", CurrencyUnit.EUR))
        .isEqualTo(Money.parse("EUR 7.00"));
  }

  @Test
  void a_lost_void_and_a_lost_refund_are_found() {
    Snapshot held = gateway.charge(Bench.hold("pay-1", StripeToken.VISA)).snapshot();
    bench.door.next(Fault.LOST_RESPONSE);
    gateway.voidAuthorization(bench.release(held, "pay-1"));
    assertThat(bench.lookup("pay-1", held).facts().authorizations().values())
        .noneMatch(hold -> hold.isAlive());

    Snapshot sold = gateway.charge(Bench.sale("pay-2", StripeToken.VISA)).snapshot();
    bench.door.next(Fault.LOST_RESPONSE);
    gateway.refund(bench.refund(sold, "pay-2", "EUR 4.00", 1));
    assertThat(bench.lookup("pay-2", sold).facts().movements().values())
        .filteredOn(m -> m.is(MovementKind.REFUND))
        .singleElement()
        .matches(refund -> refund.operation().has("pay-2:refund:1"));
    assertThat(bench.ledger().refundsByKey("pay-2:refund:1")).hasSize(1);
  }

  @Test
  void a_refund_that_never_arrived_is_absent_from_a_complete_list() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    bench.door.next(Fault.LOST_REQUEST);
    Instant sentAt = bench.clock.instant();
    gateway.refund(bench.refund(sold, "pay-1", "EUR 4.00", 1));
    bench.clock.advance(StripeGatewayProvider.SETTLES);

    Snapshot found =
        Bench.found(
            gateway.lookup(
                Bench.inDoubt(
                    "pay-1", OperationKind.REFUND, "pay-1:refund:1", sentAt, sold.facts())));

    assertThat(found.complete()).contains(FactList.REFUNDS);
    assertThat(found.facts().movements().values())
        .noneMatch(movement -> movement.is(MovementKind.REFUND));
  }

  @Test
  void a_busy_account_is_read_page_by_page() {
    Instant sentAt = bench.clock.instant();
    bench.door.next(Fault.LOST_RESPONSE);
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    for (int i = 0; i < 120; i++) {
      bench.controls().foreignPayment(bench.account.id(), Bench.TEN, Optional.of("other-" + i));
    }
    Snapshot found = Bench.found(gateway.lookup(chargeInDoubt(sentAt)));
    assertThat(found.facts().reference().value()).contains("pay-1");
    assertThat(found.facts().attempts()).hasSize(1);
    assertThat(bench.ledger().requests("GET", PATH)).isEqualTo(2);
  }

  @Test
  void a_payment_known_by_its_intent_only_is_found() {
    String intent =
        bench.controls().foreignPayment(bench.account.id(), Bench.TEN, Optional.empty());
    PaymentFacts known = Snapshot.builder().providerId("payment_intent", intent).build().facts();
    Trace trace = new Trace(Optional.empty(), bench.clock.instant(), Optional.empty(), known);
    assertThat(Bench.found(gateway.lookup(trace)).facts().movements()).hasSize(1);
    Trace nothing =
        new Trace(Optional.empty(), bench.clock.instant(), Optional.empty(), PaymentFacts.none());
    assertThat(gateway.lookup(nothing)).isInstanceOf(Lookup.CannotTell.class);
  }

  @Test
  void a_lookup_changes_nothing_at_stripe() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    bench.stripe.takeWebhooks();
    int posts = bench.ledger().requests("POST", PATH);
    bench.lookup("pay-1", sold);
    gateway.lookup(chargeInDoubt(bench.clock.instant()));
    gateway.changesSince(bench.clock.instant().minus(Duration.ofHours(1)));
    assertThat(bench.ledger().requests("POST", PATH)).isEqualTo(posts);
    assertThat(bench.stripe.takeWebhooks()).isEmpty();
  }

  @Test
  void changes_are_listed_oldest_first_and_foreign_payments_are_among_them() {
    Instant since = bench.clock.instant();
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    bench.clock.advance(Duration.ofMinutes(1));
    bench.controls().foreignPayment(bench.account.id(), Bench.TEN, Optional.empty());
    bench.clock.advance(Duration.ofMinutes(1));

    Changes.Listed changes = (Changes.Listed) gateway.changesSince(since);

    assertThat(changes.hints()).hasSize(2);
    assertThat(changes.hints().get(0).reference()).contains("pay-1");
    assertThat(changes.hints().get(1).reference()).isEmpty();
    assertThat(changes.upTo()).isEqualTo(bench.clock.instant().minus(Duration.ofMinutes(1)));
    assertThat(changes.from()).isEqualTo(since);
    Changes.Listed longAgo =
        (Changes.Listed) gateway.changesSince(since.minus(Duration.ofDays(31)));
    assertThat(longAgo.from()).isEqualTo(bench.clock.instant().minus(Duration.ofDays(30)));
  }

  @Test
  void how_far_the_list_of_events_reaches_is_for_stripes_clock_to_say() {
    Instant since = bench.clock.instant();
    Instant real = bench.clock.advance(Duration.ofMinutes(30));
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    TestClock ahead = TestClock.at(real.plus(Duration.ofHours(1)));
    StripeGateway early =
        (StripeGateway)
            new StripeGatewayProvider()
                .open(
                    GatewaySettings.of(Bench.settings(bench.account, StripeEmulator.BASE_URL)),
                    new GatewayEnvironment(
                        new GatewayInstanceId("early"),
                        Mode.TEST,
                        bench.door,
                        ahead,
                        Duration.ofSeconds(5)));
    Changes.Listed changes = (Changes.Listed) early.changesSince(since);
    assertThat(changes.hints()).hasSize(1);
    assertThat(changes.upTo()).isBefore(real);
  }

  @ParameterizedTest
  @ValueSource(ints = {-600, -10, 10, 600})
  void a_charge_is_found_by_our_reference_however_far_our_clock_is_off(int minutes) {
    TestClock ours = TestClock.at(bench.clock.instant().plus(Duration.ofMinutes(minutes)));
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("wrong-clock"),
            Mode.TEST,
            bench.door,
            ours,
            Duration.ofSeconds(5));
    StripeGateway off =
        (StripeGateway)
            new StripeGatewayProvider()
                .open(
                    GatewaySettings.of(Bench.settings(bench.account, StripeEmulator.BASE_URL)),
                    environment);
    Instant sentAt = ours.instant();
    bench.door.next(Fault.LOST_RESPONSE);
    off.charge(Bench.sale("pay-1", StripeToken.VISA));
    ours.advance(Duration.ofMinutes(3));
    bench.clock.advance(Duration.ofMinutes(3));

    Snapshot found = Bench.found(off.lookup(chargeInDoubt(sentAt)));

    assertThat(found.facts().attempts()).hasSize(1);
    assertThat(bench.ledger().charges()).hasSize(1);
  }

  @Test
  void a_list_that_lags_behind_is_not_yet_called_complete() {
    bench.controls().listDelay(Duration.ofSeconds(2));
    Instant sentAt = bench.clock.instant();
    bench.door.next(Fault.LOST_RESPONSE);
    gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    assertThat(gateway.lookup(chargeInDoubt(sentAt)))
        .isEqualTo(new Lookup.AbsentAsOf(sentAt, false));
    bench.clock.advance(Duration.ofSeconds(2));
    assertThat(gateway.lookup(chargeInDoubt(sentAt))).isInstanceOf(Lookup.Found.class);
    assertThat(StripeOptions.defaults().listDelay()).isZero();
  }

  @Test
  void all_requests_of_a_call_share_its_time() {
    Snapshot sold = gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot();
    List<Duration> left = new ArrayList<>();
    List<Long> begun = new ArrayList<>();
    List<Long> ended = new ArrayList<>();
    HttpTransport watched =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            left.add(limit);
            begun.add(System.nanoTime());
            HttpResponse response = bench.door.send(request, limit);
            ended.add(System.nanoTime());
            return response;
          }

          @Override
          public void close() {}
        };
    bench.open(bench.account, watched, Map.of()).lookup(bench.trace("pay-1", sold));
    int last = left.size() - 1;
    assertThat(last).isPositive();
    assertThat(left.get(0).minus(left.get(last)).toNanos())
        .isGreaterThanOrEqualTo(ended.get(last - 1) - begun.get(0));
  }

  @Test
  void a_closed_gateway_sends_nothing() {
    gateway.close();
    gateway.close();
    assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.NotSent.class);
    assertThat(gateway.lookup(chargeInDoubt(bench.clock.instant())))
        .isInstanceOf(Lookup.CannotTell.class);
    assertThat(gateway.changesSince(bench.clock.instant())).isInstanceOf(Changes.CannotTell.class);
    assertThat(bench.ledger().requests()).isZero();
  }
}
