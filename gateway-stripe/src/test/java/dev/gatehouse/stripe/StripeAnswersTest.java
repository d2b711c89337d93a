package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Charge;
import com.stripe.net.ApiResource;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that Stripe gives seldom, and what the gateway makes of them. */
class StripeAnswersTest {
  private final Bench bench = new Bench();

  /** A charge by a method that settles later is captured, being no hold, long before it is paid. */
  @ParameterizedTest
  @CsvSource({
    "processing, pending, OPEN, 0.00, 10.00",
    "requires_payment_method, failed, NEVER, 0.00, 0.00",
    "succeeded, succeeded, DONE, 10.00, 0.00",
  })
  void a_charge_that_did_not_succeed_has_captured_nothing(
      String status, String charge, MovementStep step, String captured, String capturing) {
    bench.door.answerInstead(200, intent(status, charge, true));
    PaymentFacts seen =
        bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot().facts();
    assertThat(seen.movements().values())
        .filteredOn(movement -> movement.is(MovementKind.CAPTURE))
        .extracting(Movement::step)
        .singleElement()
        .matches(seenStep -> seenStep.isAt(step));
    Totals totals = Totals.of(seen, CurrencyUnit.EUR);
    assertThat(totals.captured()).isEqualTo(Money.parse("EUR " + captured));
    assertThat(totals.capturing()).isEqualTo(Money.parse("EUR " + capturing));
  }

  /** The engine quarantines what is of the other mode; it has to be told. */
  @Test
  void an_answer_of_live_mode_is_told_as_such() {
    bench.door.answerInstead(
        200, intent("succeeded", "succeeded", true).replace("livemode\":false", "livemode\":true"));

    PaymentFacts seen =
        bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)).snapshot().facts();

    assertThat(seen.mode().value()).contains(Mode.LIVE);
  }

  @Test
  void a_decline_whose_intent_cannot_be_read_is_an_outcome_and_no_exception() {
    bench.door.answerInstead(
        402,
        """
        {"error":{"type":"card_error","code":"card_declined","decline_code":"lost_card",
          "message":"Your card was declined.","charge":"ch_1",
          "payment_intent":{"id":"pi_1","object":"payment_intent","amount":1000,"currency":"zzz",
            "livemode":false,"status":"requires_payment_method","metadata":{}}}}
        """);
    assertThat(bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  /** The SDK threw over it where a refund was wanted, whose parts it tells apart by that word. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":{\"message\":\"later\"}}", "{}", "{\"object\":7}"})
  void an_answer_that_does_not_say_what_it_is_leaves_a_refund_in_doubt(String body) {
    Outcome sale = bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    PaymentFacts facts = sale.snapshot().facts();
    bench.door.answerInstead(200, body);
    RefundRequest refund =
        new RefundRequest(
            new Trace(Optional.of("pay-1"), Instant.EPOCH, Optional.empty(), facts),
            "pay-1:refund:1",
            facts.movements().keySet().iterator().next(),
            Money.parse("EUR 1.00"),
            Optional.empty());
    assertThat(bench.gateway.refund(refund)).isInstanceOf(Outcome.Unknown.class);
  }

  /** Over each of these the SDK stumbles in a way of its own, be it an error or not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|{\"error\":null}",
        "400|{\"error\":[]}",
        "402|{\"error\":7}",
        "402|{\"error\":{\"type\":\"card_error\",\"payment_intent\":{\"latest_charge\":7}}}",
        "200|{\"object\":\"payment_intent\",\"latest_charge\":7}",
        "200|{\"object\":\"payment_intent\",\"amount\":1e999999999}",
        "200|{\"object\":\"refund\",\"charge\":7}",
      })
  void an_answer_that_makes_no_sense_is_an_outcome_and_no_exception(int status, String body) {
    Outcome sale = bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    Outcome hold = bench.gateway.charge(Bench.hold("pay-2", StripeToken.VISA));
    List<Supplier<Object>> all =
        List.of(
            () -> bench.gateway.charge(Bench.sale("pay-3", StripeToken.VISA)),
            () -> bench.gateway.capture(bench.capture(hold.snapshot(), "pay-2", "EUR 1.00")),
            () -> bench.gateway.voidAuthorization(bench.release(hold.snapshot(), "pay-2")),
            () -> bench.gateway.refund(bench.refund(sale.snapshot(), "pay-1", "EUR 1.00", 1)),
            () -> bench.gateway.lookup(bench.trace("pay-1", sale.snapshot())));
    for (Supplier<Object> asked : all) {
      bench.door.answerInstead(status, body);
      assertThat(asked.get()).isInstanceOfAny(Outcome.Unknown.class, Lookup.CannotTell.class);
    }
  }

  @Test
  void an_intent_is_no_answer_to_a_refund() {
    Outcome sale = bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
    bench.door.answerInstead(200, intent("succeeded", "succeeded", true));
    assertThat(bench.gateway.refund(bench.refund(sale.snapshot(), "pay-1", "EUR 10.00", 1)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 402, 409, 500})
  void an_intent_that_comes_with_an_error_proves_nothing(int status) {
    bench.door.answerInstead(status, intent("succeeded", "succeeded", true));
    assertThat(bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void a_sale_that_is_only_held_has_not_succeeded_and_a_hold_has() {
    String held =
        intent("requires_capture", "succeeded", false)
            .replace("\"capture_method\":\"automatic\"", "\"capture_method\":\"manual\"");
    bench.door.answerInstead(200, held);
    assertThat(bench.gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Pending.class);
    bench.door.answerInstead(200, held);
    assertThat(bench.gateway.charge(Bench.hold("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void a_hold_until_a_time_that_is_none_is_an_outcome_and_no_exception() {
    String card =
        "\"payment_method_details\":{\"type\":\"card\",\"card\":{\"capture_before\":%d}},";
    String held =
        intent("requires_capture", "succeeded", false)
            .replace("\"capture_method\":\"automatic\"", "\"capture_method\":\"manual\"")
            .replace("\"paid\"", card.formatted(Long.MAX_VALUE) + "\"paid\"");
    bench.door.answerInstead(200, held);
    assertThat(bench.gateway.charge(Bench.hold("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Unknown.class);
    bench.door.answerInstead(200, held.replace("" + Long.MAX_VALUE, "1772366400"));
    assertThat(bench.gateway.charge(Bench.hold("pay-1", StripeToken.VISA)))
        .isInstanceOf(Outcome.Succeeded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\na", "a\nb", "a\n", "a\u0085"})
  void what_is_not_one_line_of_metadata_is_no_mark_of_ours(String text) {
    Map<String, String> metadata = Map.of(StripeFacts.OPERATION, text);
    assertThat(StripeFacts.metadata(metadata, StripeFacts.OPERATION)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pay-1, true", "4111111111111111, false", "'pay 1', false", "'', false"})
  void a_reference_of_ours_is_what_can_be_the_id_of_a_payment(String text, boolean isOurs) {
    assertThat(StripeHints.isReference(text)).isEqualTo(isOurs);
    assertThat(StripeFacts.reference(Map.of(StripeFacts.REFERENCE, text)).isPresent())
        .isEqualTo(isOurs);
  }

  /** Under these reasons Stripe's fraud rules block a charge; an issuer's reason is its own. */
  @ParameterizedTest
  @CsvSource({
    "blocked, highest_risk_level, SUSPECTED_FRAUD, fraudulent",
    "blocked, rule, SUSPECTED_FRAUD, fraudulent",
    "blocked, low_probability_of_authorization, GENERIC_DECLINE, low_probability_of_authorization",
    "blocked,, SUSPECTED_FRAUD, fraudulent",
    "issuer_declined, fraudulent, SUSPECTED_FRAUD, fraudulent",
    "issuer_declined, lost_card, LOST_CARD, lost_card",
    "issuer_declined,, GENERIC_DECLINE, card_declined",
    "invalid, rule, GENERIC_DECLINE, rule",
  })
  void why_a_charge_failed(String type, String reason, DeclineCode code, String raw) {
    Charge charge =
        ApiResource.GSON.fromJson(
            """
            {"id":"ch_1","object":"charge","status":"failed","failure_code":"card_declined",
             "failure_message":"Your card was declined.",
             "outcome":{"network_status":"not_sent_to_network","type":"%s"%s}}
            """
                .formatted(type, reason == null ? "" : ",\"reason\":\"" + reason + "\""),
            Charge.class);
    assertThat(StripeErrors.decline(charge).code()).isEqualTo(code);
    assertThat(StripeErrors.decline(charge).rawCode()).isEqualTo(raw);
  }

  @Test
  void a_method_that_names_nothing_to_charge_is_not_sent() {
    ChargeRequest sale = Bench.sale("pay-1", StripeToken.VISA);
    Outcome outcome =
        bench.gateway.charge(
            ChargeRequest.sale(
                sale.reference(),
                sale.idempotencyKey(),
                sale.amount(),
                new PaymentMethod.OfType("card")));
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().category())
        .isEqualTo(ErrorCategory.VALIDATION);
    assertThat(bench.door.requests).isEmpty();
  }

  @Test
  void a_key_is_no_longer_used_shortly_before_stripe_forgets_it() {
    assertThat(new StripeGatewayProvider().describe().recovery().get(OperationKind.CHARGE))
        .isEqualTo(
            Recovery.byListing(StripeGatewayProvider.SETTLES)
                .orReplayWithin(Duration.ofHours(24).minusMinutes(10)));
  }

  private static String intent(String status, String charge, boolean captured) {
    return """
        {"id":"pi_1","object":"payment_intent","amount":1000,"currency":"eur","livemode":false,
         "status":"%s","capture_method":"automatic","client_secret":"pi_1_secret_x",
         "metadata":{"gatehouse_reference":"pay-1","gatehouse_operation":"pay-1:charge:1"},
         "latest_charge":{"id":"py_1","object":"charge","amount":1000,"amount_captured":1000,
          "amount_refunded":0,"currency":"eur","status":"%s","captured":%s,"paid":false,
          "livemode":false,"payment_intent":"pi_1",
          "metadata":{"gatehouse_reference":"pay-1","gatehouse_operation":"pay-1:charge:1"}}}
        """
        .formatted(status, charge, captured);
  }
}
