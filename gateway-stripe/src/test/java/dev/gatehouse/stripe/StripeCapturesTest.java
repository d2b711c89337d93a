package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.stripe.LossyDoor.Fault;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several captures of one hold: each is a movement, and all add up, wherever they are seen. */
class StripeCapturesTest {
  private static final String CAPTURE = "/v1/payment_intents/{id}/capture";
  private static final Money FOUR = Money.parse("EUR 4.00");

  private final Bench bench = new Bench();
  private final StripeGateway gateway =
      bench.open(
          bench.account, bench.door, Map.of(StripeGatewayProvider.MULTIPLE_CAPTURES, "true"));
  private PaymentFacts known = PaymentFacts.none();

  @AfterEach
  void all_that_was_said_fits_the_description() {
    assertThat(bench.held.problems()).isEmpty();
  }

  private Outcome hold(StripeGateway through, StripeToken token) {
    Outcome outcome = through.charge(Bench.hold("pay-1", token));
    known = known.join(outcome.snapshot().facts());
    return outcome;
  }

  private CaptureRequest request(int number, String amount, boolean isFinal) {
    return new CaptureRequest(
        bench.trace("pay-1", new Snapshot(known, Set.of())),
        key(number),
        "ch_1",
        Money.parse(amount),
        isFinal);
  }

  private static String key(int number) {
    return "pay-1:capture:" + number;
  }

  private Outcome capture(int number, String amount, boolean isFinal) {
    Outcome outcome = gateway.capture(request(number, amount, isFinal));
    known = known.join(outcome.snapshot().facts());
    return outcome;
  }

  private Failure refused(StripeGateway through, String amount) {
    Outcome outcome = through.capture(request(1, amount, false));
    assertThat(bench.ledger().charges().get(0).captured().isZero()).isTrue();
    return ((Outcome.NotSent) outcome).failure();
  }

  private PaymentFacts lookup() {
    bench.clock.advance(Duration.ofMinutes(5));
    Snapshot seen = new Snapshot(known, Set.of());
    return Bench.found(gateway.lookup(bench.trace("pay-1", seen))).facts();
  }

  private static Totals totals(PaymentFacts facts) {
    return Totals.of(facts, CurrencyUnit.EUR);
  }

  private static Map<String, String> captures(PaymentFacts facts) {
    Map<String, String> byKey = new TreeMap<>();
    for (Movement movement : facts.movements().values()) {
      if (movement.is(MovementKind.CAPTURE)) {
        byKey.put(
            movement.operation().value().orElse("somebody"),
            movement.amount().value().orElseThrow().toString());
      }
    }
    return byKey;
  }

  private int captureRequests() {
    return bench.ledger().requests("POST", CAPTURE);
  }

  @Test
  void parts_of_billions_are_told_apart() {
    Money billions = Money.parse("IDR 9999999999.99");
    known =
        gateway
            .charge(Bench.charge("pay-1", billions, CaptureMode.MANUAL, StripeToken.VISA, true))
            .snapshot()
            .facts();
    capture(1, "IDR 1234567890.12", false);
    capture(2, "IDR 8000000000.00", true);

    assertThat(captures(lookup()))
        .isEqualTo(Map.of(key(1), "IDR 1234567890.12", key(2), "IDR 8000000000.00"));
  }

  @Test
  void parts_add_up_in_answers_lookups_and_the_books_and_the_hold_lives_until_the_last() {
    hold(gateway, StripeToken.VISA);
    assertThat(capture(1, "EUR 3.01", false)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(totals(known).authorized()).isEqualTo(Money.parse("EUR 6.99"));
    assertThat(known.authorizations().get("ch_1").isAlive()).isTrue();
    assertThat(capture(2, "EUR 3.01", false)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(capture(3, "EUR 1.99", true)).isInstanceOf(Outcome.Succeeded.class);

    Map<String, String> parts = Map.of(key(1), "EUR 3.01", key(2), "EUR 3.01", key(3), "EUR 1.99");
    PaymentFacts seen = lookup();
    for (PaymentFacts facts : List.of(known, seen, known.join(seen))) {
      assertThat(captures(facts)).isEqualTo(parts);
      assertThat(totals(facts).captured()).isEqualTo(Money.parse("EUR 8.01"));
      assertThat(totals(facts).authorized().isZero()).isTrue();
      assertThat(facts.authorizations().get("ch_1").end().has(AuthorizationEnd.EXHAUSTED)).isTrue();
      assertThat(Conflict.in(facts.withoutUnstamped())).isEmpty();
    }
    assertThat(bench.ledger().charges().get(0).captures())
        .allSatisfy(booked -> assertThat(seen.movements()).containsKey(booked.id()));
    assertThat(captureRequests()).isEqualTo(3);
  }

  @Test
  void a_capture_whose_answer_was_lost_is_found_by_its_key_and_sent_again_it_takes_nothing_more() {
    hold(gateway, StripeToken.VISA);
    capture(1, "EUR 4.00", false);
    CaptureRequest second = request(2, "EUR 4.00", false);
    bench.door.next(Fault.LOST_RESPONSE);
    assertThat(gateway.capture(second)).isInstanceOf(Outcome.Unknown.class);
    Instant sent = bench.clock.instant();

    bench.clock.advance(Duration.ofMinutes(3));
    Snapshot found =
        Bench.found(
            gateway.lookup(Bench.inDoubt("pay-1", OperationKind.CAPTURE, key(2), sent, known)));
    assertThat(captures(found.facts())).isEqualTo(Map.of(key(1), "EUR 4.00", key(2), "EUR 4.00"));
    Outcome again = gateway.capture(second);
    assertThat(captures(again.snapshot().facts())).isEqualTo(captures(found.facts()));
    assertThat(bench.ledger().charges().get(0).captured()).isEqualTo(Money.parse("EUR 8.00"));
  }

  @Test
  void an_older_answer_and_a_newer_one_join_to_the_newer_sum() {
    hold(gateway, StripeToken.VISA);
    Snapshot first = gateway.capture(request(1, "EUR 2.00", false)).snapshot();
    Snapshot second = gateway.capture(request(2, "EUR 5.00", false)).snapshot();
    Snapshot replayed = gateway.capture(request(1, "EUR 2.00", false)).snapshot();
    PaymentFacts joined = second.facts().join(replayed.facts()).join(first.facts());
    assertThat(totals(joined).captured()).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(captureRequests()).isEqualTo(3);
    assertThat(bench.ledger().charges().get(0).captures()).hasSize(2);
  }

  @Test
  void what_somebody_captures_at_the_dashboard_counts_at_once_and_is_a_movement_at_the_end() {
    hold(gateway, StripeToken.VISA);
    capture(1, "EUR 3.00", false);
    bench.controls().consoleCapturePart("pi_1", Money.parse("EUR 2.00"));
    PaymentFacts between = lookup();
    assertThat(captures(between)).isEqualTo(Map.of(key(1), "EUR 3.00"));
    assertThat(totals(between).captured()).isEqualTo(Money.parse("EUR 5.00"));
    assertThat(totals(between).authorized()).isEqualTo(Money.parse("EUR 5.00"));

    bench.controls().consoleCapturePart("pi_1", Money.parse("EUR 1.00"));
    capture(2, "EUR 4.00", true);
    known = known.join(between).join(lookup());
    assertThat(captures(known))
        .isEqualTo(Map.of(key(1), "EUR 3.00", key(2), "EUR 4.00", "somebody", "EUR 3.00"));
    assertThat(totals(known).captured()).isEqualTo(Bench.TEN);
    assertThat(Conflict.in(known.withoutUnstamped())).isEmpty();
  }

  @Test
  void each_capture_is_heard_of_and_listed() {
    hold(gateway, StripeToken.VISA);
    bench.stripe.takeWebhooks();
    Instant before = bench.clock.instant();
    bench.clock.advance(Duration.ofMinutes(1));
    capture(1, "EUR 3.00", false);
    assertThat(bench.stripe.takeWebhooks())
        .extracting(PendingWebhook::type)
        .containsExactlyInAnyOrder("charge.updated", "payment_intent.amount_capturable_updated");
    capture(2, "EUR 3.00", false);
    assertThat(bench.stripe.takeWebhooks())
        .allSatisfy(
            told ->
                assertThat(
                        ((WebhookAnswer.Verified) gateway.receive(told.toWebhookRequest()))
                            .notices())
                    .isNotEmpty());
    bench.clock.advance(Duration.ofMinutes(5));
    Changes changes = gateway.changesSince(before);
    assertThat(((Changes.Listed) changes).hints())
        .anySatisfy(hint -> assertThat(hint.reference()).contains("pay-1"));
  }

  @Test
  void a_refund_is_of_the_capture_that_is_named_also_before_the_last_one() {
    hold(gateway, StripeToken.VISA);
    capture(1, "EUR 3.00", false);
    capture(2, "EUR 4.00", false);
    Outcome refund =
        gateway.refund(
            new RefundRequest(
                bench.trace("pay-1", new Snapshot(known, Set.of())),
                "pay-1:refund:1",
                "ch_1/" + key(2),
                FOUR,
                Optional.empty()));
    bench.controls().consoleRefund("ch_1", Money.parse("EUR 1.00"));

    PaymentFacts seen = lookup().join(refund.snapshot().facts());
    assertThat(seen.movements().values())
        .filteredOn(movement -> movement.is(MovementKind.REFUND))
        .extracting(movement -> movement.parent().value().orElse("nobody knows"))
        .containsExactlyInAnyOrder("ch_1/" + key(2), "nobody knows");
    assertThat(totals(seen).refunded()).isEqualTo(Money.parse("EUR 5.00"));
    assertThat(totals(seen).kept()).isEqualTo(Money.parse("EUR 2.00"));
    assertThat(Conflict.in(seen.withoutUnstamped())).isEmpty();
  }

  @Test
  void a_void_after_a_capture_releases_the_rest_and_keeps_what_was_taken() {
    hold(gateway, StripeToken.VISA);
    capture(1, "EUR 3.00", false);
    Snapshot seen = new Snapshot(known, Set.of());
    VoidRequest release = new VoidRequest(bench.trace("pay-1", seen), "pay-1:void:1", "ch_1");
    Outcome outcome = gateway.voidAuthorization(release);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    for (PaymentFacts facts : List.of(outcome.snapshot().facts(), lookup())) {
      assertThat(facts.authorizations().get("ch_1").end().has(AuthorizationEnd.VOIDED)).isTrue();
      assertThat(totals(facts).captured()).isEqualTo(Money.parse("EUR 3.00"));
    }
    assertThat(bench.ledger().charges().get(0).authorization().orElseThrow().status())
        .isEqualTo("voided");
  }

  @Test
  void a_hold_that_runs_out_after_a_capture_keeps_what_was_taken() {
    hold(gateway, StripeToken.VISA);
    capture(1, "EUR 3.00", false);
    bench.clock.advance(Duration.ofDays(7));
    PaymentFacts seen = known.join(lookup());
    assertThat(captures(seen)).isEqualTo(Map.of(key(1), "EUR 3.00"));
    assertThat(seen.authorizations().get("ch_1").isAlive()).isFalse();
  }

  @Test
  void without_the_setting_a_part_is_refused_before_anything_is_sent() {
    hold(bench.gateway, StripeToken.VISA);
    Failure failure = refused(bench.gateway, "EUR 4.00");
    assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
    assertThat(failure.code()).isEqualTo("stripe.multiple-captures");
    assertThat(failure.message()).contains("isFinal");
    assertThat(captureRequests()).isZero();
    assertThat(bench.gateway.capture(request(1, "EUR 4.00", true)))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void all_that_is_held_may_be_captured_without_the_word_final() {
    hold(bench.gateway, StripeToken.VISA);
    assertThat(bench.gateway.capture(request(1, "EUR 10.00", false)))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void a_card_that_does_not_allow_it_is_refused_by_stripe_and_can_be_captured_once() {
    hold(gateway, StripeToken.NO_CARD_FEATURES);
    Failure failure = refused(gateway, "EUR 4.00");
    assertThat(failure.category()).isEqualTo(ErrorCategory.VALIDATION);
    assertThat(failure.code()).isEqualTo("stripe.multiple-captures");
    assertThat(failure.message()).contains("'isFinal'", "once, and finally");
    assertThat(captureRequests()).isEqualTo(1);
    assertThat(capture(2, "EUR 4.00", true)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(captures(lookup())).isEqualTo(Map.of(key(2), "EUR 4.00"));
  }

  @Test
  void an_account_whose_contract_lacks_it_is_told_which_setting_to_change() {
    bench.controls().cardFeatures(false);
    Failure failure = ((Outcome.NotSent) hold(gateway, StripeToken.VISA)).failure();
    assertThat(failure.code()).isEqualTo("stripe.multiple-captures");
    assertThat(failure.message()).contains("'multiple-captures'", "Set it to false");
    assertThat(gateway.charge(Bench.sale("pay-2", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(bench.gateway.charge(Bench.hold("pay-3", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void the_setting_may_change_between_hold_and_capture() {
    hold(gateway, StripeToken.VISA);
    Outcome last = bench.gateway.capture(request(1, "EUR 4.00", true));
    known = known.join(last.snapshot().facts());
    assertThat(captures(known.join(lookup()))).isEqualTo(Map.of(key(1), "EUR 4.00"));
  }

  @Test
  void a_hold_on_stripes_page_is_captured_in_parts_too() {
    Outcome open =
        gateway.charge(
            new ChargeRequest(
                "pay-1",
                "pay-1:charge:1",
                Bench.TEN,
                CaptureMode.MANUAL,
                new PaymentMethod.OfType("checkout"),
                false,
                Initiator.CUSTOMER,
                Optional.empty(),
                Optional.of(URI.create("https://shop.test/return")),
                CustomerDetails.none()));
    known = known.join(open.snapshot().facts());
    String page = known.attempts().firstKey();
    bench.controls().payCheckout(page, StripeToken.INSUFFICIENT_FUNDS);
    bench.controls().payCheckout(page, StripeToken.VISA);
    known = known.join(lookup());
    String hold = known.authorizations().firstKey();
    Snapshot seen = new Snapshot(known, Set.of());
    Outcome part =
        gateway.capture(
            new CaptureRequest(
                bench.trace("pay-1", seen), key(1), hold, Money.parse("EUR 3.00"), false));
    known = known.join(part.snapshot().facts());
    bench.controls().expireHold("pi_1");
    PaymentFacts after = known.join(lookup());
    assertThat(captures(after)).isEqualTo(Map.of(key(1), "EUR 3.00"));
    assertThat(after.authorizations().get(hold).isAlive()).isFalse();
    bench.controls().dispute(hold, Money.parse("EUR 3.00"));
    assertThat(totals(lookup()).disputed()).isEqualTo(Money.parse("EUR 3.00"));
  }
}
