package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Refund;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What is added up, said and done about money agrees with what there is. */
class MoneySumsScenariosTest extends ScriptedScenario {
  /** A chargeback in the currency of the account says nothing about the money of the payment. */
  @Test
  void a_refund_of_a_foreign_payment_survives_a_chargeback_in_another_currency() {
    foreignGbp();
    Payment foreign = shop.payments().get(0);
    shop.house().refund(Refund.of(foreign.id(), "k", Money.parse("GBP 5.00")));
    gw.lookup = t -> new Lookup.Found(chargedBack());
    Throwable thrown =
        catchThrowable(() -> announces("n2", Optional.empty(), new ProviderId("order", "O-1")));
    shop.pass(Duration.ofDays(10), 1000);
    assertThat(thrown).isNull();
    assertThat(told(OperationLeftToPerson.class, PaymentRefunded.class))
        .as("the refund; told %s, wakes at %s", kinds(), shop.payment(foreign.id()).wakeAt())
        .isTrue();
  }

  @Test
  void a_foreign_payment_stays_captured_when_a_chargeback_comes_in_another_currency() {
    foreignGbp();
    Payment foreign = shop.payments().get(0);
    assertThat(foreign.state()).isEqualTo(PaymentState.CAPTURED);
    gw.lookup = t -> new Lookup.Found(chargedBack());
    announces("n2", Optional.empty(), new ProviderId("order", "O-1"));
    assertThat(shop.payment(foreign.id()).state()).isEqualTo(PaymentState.CAPTURED);
  }

  /** A withdrawal under way takes the same money, as a refund under way does. */
  @Test
  void money_that_a_dispute_is_taking_is_not_refunded_as_well() {
    scripted();
    collectRefunds();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    sees(
        c,
        seen ->
            seen.dispute("dp", Dispute.of(Shop.TEN, "ch"))
                .movement(
                    "wd",
                    Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.OPEN)
                        .with(Shop.TEN)
                        .ofCharge("ch")));
    catchThrowable(() -> shop.refund(shop.payment(c), "EUR 10.00"));
    assertThat(refunds).as("EUR 10 to the bank and EUR 10 to the customer").isEmpty();
  }

  /** Whoever gives it back and then loses the dispute gives it back twice. */
  @Test
  void late_money_that_is_disputed_is_not_refunded_by_itself() {
    scripted();
    collectRefunds();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.PROCESSING, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.house().cancelCheckout(c.id());
    seen.set(
        Scripted.of(shop.payment(c).id().value())
            .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
            .movement("cap", capture("EUR 10.00"))
            .dispute(
                "dp",
                Dispute.of(Shop.TEN, "ch").with(Register.unstamped(DisputeStatus.NEEDS_RESPONSE)))
            .build());
    announces("n", Optional.of(shop.payment(c).id().value()));
    assertThat(told(LateMoney.class)).isTrue();
    assertThat(refunds).as("refunds of money that its owner is claiming by a dispute").isEmpty();
    assertThat(told(OperationLeftToPerson.class)).as("told %s", kinds()).isTrue();
  }

  /** Somebody refunded it in the console; the list shows the refund, not how much. */
  @Test
  void late_money_is_not_refunded_by_itself_beside_a_refund_of_unknown_amount() {
    scripted();
    collectRefunds();
    lateMoney(
        seen ->
            seen.movement(
                "re_console", Movement.of(MovementKind.REFUND, MovementStep.DONE).outOf("cap")));
    assertThat(refunds).as("refunds beside one of nobody knows how much").isEmpty();
    assertThat(told(OperationLeftToPerson.class)).as("told %s", kinds()).isTrue();
  }

  /** The same of a dispute that took money, in the currency of the account. */
  @Test
  void late_money_is_not_refunded_by_itself_beside_a_withdrawal_of_unknown_amount() {
    scripted();
    collectRefunds();
    lateMoney(
        seen ->
            seen.movement(
                "wd",
                Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE).ofCharge("ch")));
    assertThat(refunds).as("refunds beside a chargeback of nobody knows how much").isEmpty();
    assertThat(told(OperationLeftToPerson.class)).as("told %s", kinds()).isTrue();
  }

  /** The provider shows both captures, so none of them is the other under another id. */
  @Test
  void a_second_capture_is_seen_as_excess_though_a_person_reported_the_first() {
    gw.recovery = Recovery.none();
    scripted();
    collectRefunds();
    approved();
    gw.complete = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    Operation complete = leftToPerson(c);
    settle(c, complete, Optional.of("cap"));
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
    sees(
        c,
        seen ->
            seen.attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                .movement("cap", capture("EUR 10.00"))
                .attempt("ch2", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                .movement("cap2", capture2("EUR 10.00")));
    assertThat(told(Overpaid.class))
        .as("EUR 20 taken of EUR 10; captured %s, told %s", captured(c), kinds())
        .isTrue();
  }

  /** A running total of refunds says nothing about what was captured. */
  @Test
  void a_capture_that_a_person_reported_stays_counted_beside_a_running_total_of_refunds() {
    gw.recovery = Recovery.none();
    scripted();
    collectRefunds();
    approved();
    gw.complete = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    settle(c, leftToPerson(c), Optional.of("cap"));
    sees(
        c,
        seen ->
            seen.attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                .movement("cap", capture("EUR 10.00"))
                .total(MovementKind.REFUND, "ch", Money.parse("EUR 0.00")));
    assertThat(captured(c)).as("state %s", shop.payment(c).state()).isEqualTo(Shop.TEN);
  }

  /** EUR 5 of EUR 10 stayed: no membership begins for half the price. */
  @Test
  void a_part_that_the_bank_took_back_does_not_pay_a_checkout() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .movement(
                        "cap1",
                        Movement.of(MovementKind.CAPTURE, MovementStep.UNDONE)
                            .with(Money.parse("EUR 5.00"))
                            .ofCharge("ch"))
                    .movement("cap2", capture("EUR 5.00"))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.startGold(Shop.ANN)));
    assertThat(shop.view(c).state())
        .as("kept %s", shop.payment(c).totals().orElseThrow().kept())
        .isNotEqualTo(CheckoutState.COMPLETED);
  }

  /** The other hold lives: more may come of it. */
  @Test
  void exhausting_one_of_two_holds_does_not_complete_the_checkout() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .authorization("auth1", Authorization.of(Money.parse("EUR 5.00")))
                    .authorization("auth2", Authorization.of(Money.parse("EUR 5.00")))
                    .build());
    gw.capture =
        r ->
            new Outcome.Succeeded(
                Snapshot.builder()
                    .authorization(
                        "auth1",
                        Authorization.of(Money.parse("EUR 5.00")).ended(AuthorizationEnd.EXHAUSTED))
                    .movement(
                        "cap1",
                        Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                            .with(r.amount())
                            .outOf(r.authorization())
                            .causedBy(r.idempotencyKey()))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 5.00", false);
    assertThat(shop.view(c).state()).isNotEqualTo(CheckoutState.COMPLETED);
  }

  /** Two terms under one version contradict each other; the smaller is beyond doubt. */
  @Test
  void a_hold_whose_terms_contradict_each_other_is_not_captured_beyond_either() {
    scripted();
    collectCaptures();
    gw.charge = ScriptedScenario::held;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    Instant at = shop.clock.instant();
    for (String left : List.of("EUR 4.00", "EUR 6.00")) {
      gw.lookup =
          t ->
              new Lookup.Found(
                  Scripted.of(shop.payment(c).id().value())
                      .authorization(
                          "auth",
                          Authorization.of(Shop.TEN)
                              .with(
                                  Register.updatedAt(
                                      at,
                                      new Authorization.Terms(
                                          Money.parse(left), Optional.empty()))))
                      .build());
      announces("n" + left, Optional.of(shop.payment(c).id().value()));
    }
    catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", true));
    assertThat(captures).as("captures of EUR 10 where at most EUR 6 is held").isEmpty();
  }

  /** The hold goes on in another, with the same money. */
  @Test
  void a_capture_in_doubt_counts_though_its_hold_goes_on_in_another() {
    gw.recovery = Recovery.none();
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.capture = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true);
    sees(
        c,
        seen ->
            seen.authorization("auth", Authorization.of(Shop.TEN).supersededBy("auth2"))
                .authorization("auth2", Authorization.of(Shop.TEN)));
    collectCaptures();
    catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", true));
    assertThat(captures).as("more captures while one of EUR 10 is in doubt").isEmpty();
  }

  /** What was reported is the hold; its captures are others, each told once. */
  @Test
  void each_capture_of_a_hold_that_a_person_reported_is_told() {
    CheckoutView c = heldAsAPersonSays("auth");
    String charge = chargeKey(c);
    sees(
        c,
        seen ->
            seen.attempt("auth", attempt(AttemptStep.SUCCEEDED, charge))
                .authorization("auth", Authorization.of(Shop.TEN))
                .movement("c1", capture("EUR 4.00").outOf("auth"))
                .movement("c2", capture("EUR 6.00").outOf("auth")));
    assertThat(captured(c)).isEqualTo(Shop.TEN);
    assertThat(shop.events().stream().filter(PaymentCaptured.class::isInstance))
        .as("captures told of EUR 4 and EUR 6: %s", kinds())
        .hasSize(2);
  }

  /** It is one hold, once under the id that a person gave, once under its own. */
  @Test
  void a_hold_that_a_person_reported_under_another_id_is_told_once() {
    CheckoutView c = heldAsAPersonSays("ch");
    String charge = chargeKey(c);
    sees(
        c,
        seen ->
            seen.attempt("ch", attempt(AttemptStep.SUCCEEDED, charge))
                .authorization("auth", Authorization.of(Shop.TEN)));
    assertThat(shop.events().stream().filter(PaymentAuthorized.class::isInstance))
        .as("EUR 10 are held once")
        .hasSize(1);
  }

  /** The id that a person typed stands for the real hold, and has no life of its own. */
  @Test
  void a_hold_settled_under_another_id_ends_when_the_real_one_ends() {
    CheckoutView c = heldAsAPersonSays("ch");
    String charge = chargeKey(c);
    sees(
        c,
        seen ->
            seen.attempt("ch", attempt(AttemptStep.SUCCEEDED, charge))
                .authorization("auth", Authorization.of(Shop.TEN).ended(AuthorizationEnd.EXPIRED)));
    shop.pass(Duration.ofDays(60), 600);
    assertThat(shop.payment(c).state())
        .as("%s, told %s", shop.view(c), kinds())
        .isEqualTo(PaymentState.EXPIRED);
  }

  /** Nothing came late, and nothing is with us. */
  @Test
  void money_that_came_and_went_back_before_the_cancellation_is_not_told_to_be_late() {
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.voids = r -> LOST;
    collectCaptures();
    collectRefunds();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 4.00", false);
    shop.refund(shop.payment(c), "EUR 4.00");
    shop.house().cancelCheckout(c.id());
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.CANCELLED);
    assertThat(told(LateMoney.class)).as("told %s", kinds()).isFalse();
  }

  /** EUR 10 are with us for EUR 10. */
  @Test
  void a_debit_that_bounced_and_was_taken_again_is_not_told_to_be_overpaid() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .movement(
                        "cap1",
                        Movement.of(MovementKind.CAPTURE, MovementStep.UNDONE)
                            .with(Shop.TEN)
                            .ofCharge("ch"))
                    .movement("cap2", capture("EUR 10.00"))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(shop.payment(c).totals().orElseThrow().kept()).isEqualTo(Shop.TEN);
    assertThat(told(Overpaid.class)).as("told %s", kinds()).isFalse();
  }

  /** It took nothing, so a gateway without several captures may still make its only one. */
  @Test
  void a_capture_that_failed_does_not_count_as_the_only_one() {
    GatewayDescription.Builder d =
        GatewayDescription.builder("Single", "1")
            .method(
                MethodSpec.withToken(
                    "card",
                    Capability.AUTHORIZE,
                    Capability.CAPTURE,
                    Capability.VOID,
                    Capability.REFUND,
                    Capability.CUSTOMER_ACTION,
                    Capability.COMPLETION))
            .can(Capability.WEBHOOKS);
    for (OperationKind k : OperationKind.values()) {
      if (d.build().capabilities().containsAll(k.needs().stream().toList())) {
        d.recovers(k, gw.recovery);
      }
    }
    shop.with(described("single", d.build()), new GatewayConfig(S, "single", Mode.TEST, Map.of()));
    gw.charge = ScriptedScenario::held;
    gw.capture =
        r ->
            new Outcome.Declined(
                Snapshot.builder()
                    .movement(
                        "cap1",
                        Movement.of(MovementKind.CAPTURE, MovementStep.NEVER)
                            .with(r.amount())
                            .outOf(r.authorization())
                            .causedBy(r.idempotencyKey()))
                    .build(),
                Decline.of(DeclineCode.INSUFFICIENT_FUNDS));
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true);
    collectCaptures();
    Throwable refused = catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", true));
    assertThat(captures).as("refused: %s", refused).hasSize(1);
  }

  /** A running total names no capture that could be refunded. */
  @Test
  void what_is_said_to_be_refundable_can_be_refunded_or_is_not_said() {
    scripted();
    collectRefunds();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .total(MovementKind.CAPTURE, "ch", Shop.TEN)
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
    Throwable refused = catchThrowable(() -> shop.refund(shop.payment(c), "EUR 10.00"));
    Money said = shop.payment(c).refundable().orElseThrow();
    assertThat(refunds.size() == 1 || said.isZero())
        .as("refundable %s; refused: %s", said, refused)
        .isTrue();
  }

  private void lateMoney(UnaryOperator<Snapshot.Builder> also) {
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.PROCESSING, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.house().cancelCheckout(c.id());
    seen.set(
        also.apply(
                Scripted.of(shop.payment(c).id().value())
                    .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Shop.TEN))
                    .movement("cap", capture("EUR 10.00")))
            .build());
    announces("n", Optional.of(shop.payment(c).id().value()));
    assertThat(told(LateMoney.class)).isTrue();
  }

  private void foreignGbp() {
    scripted();
    gw.lookup = t -> new Lookup.Found(gbp().build());
    announces("n1", Optional.empty(), new ProviderId("order", "O-1"));
  }

  private static Snapshot.Builder gbp() {
    return Scripted.of("order-of-another-system")
        .providerId("order", "O-1")
        .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).with(Money.parse("GBP 10.00")))
        .movement("cap", capture("GBP 10.00"));
  }

  private static Snapshot chargedBack() {
    return gbp()
        .movement(
            "wd",
            Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE)
                .with(Money.parse("USD 3.00"))
                .ofCharge("ch"))
        .build();
  }

  private Money captured(CheckoutView c) {
    return shop.payment(c).totals().orElseThrow().captured();
  }

  private static Movement capture2(String amount) {
    return Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
        .with(Money.parse(amount))
        .ofCharge("ch2");
  }
}
