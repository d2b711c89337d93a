package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.ForeignPaymentSeen;
import dev.gatehouse.event.IntegrityMismatchFound;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What is asked of a provider never exceeds what there surely is, whatever is shown or said. */
class MoneyDoubtsScenariosTest extends ScriptedScenario {
  /** A customer may approve twice, in two windows; they pay once. */
  @Test
  void of_two_approvals_one_is_gone_on_with_and_the_other_only_if_that_failed() {
    scripted();
    AtomicReference<Snapshot> seen = new AtomicReference<>();
    gw.charge =
        r -> {
          seen.set(
              Scripted.of(r.reference())
                  .attempt("ch1", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                  .attempt("ch2", attempt(AttemptStep.APPROVED, r.idempotencyKey()))
                  .build());
          return new Outcome.Pending(seen.get());
        };
    gw.lookup = t -> new Lookup.Found(seen.get());
    List<String> completed = new ArrayList<>();
    gw.complete =
        r -> {
          completed.add(r.attempt());
          return new Outcome.Pending(Snapshot.empty());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofMinutes(10), 100);
    assertThat(completed).containsExactly("ch1");

    String key = shop.payment(c).operations().get(0).key();
    seen.set(
        Scripted.of(shop.payment(c).id().value())
            .attempt("ch1", attempt(AttemptStep.FAILED, key))
            .build());
    shop.pass(Duration.ofHours(1), 100);
    assertThat(completed).containsExactly("ch1", "ch2");
  }

  /**
   * Payments that we did not start are "created by observing them"; a decision may call for more
   * operations of our payments only: nobody asked us to take the money of another system's order.
   */
  @Test
  void the_approved_order_of_another_system_is_not_completed_by_us() {
    scripted();
    AtomicInteger completions = new AtomicInteger();
    gw.complete =
        r -> {
          completions.incrementAndGet();
          return LOST;
        };
    gw.lookup = t -> new Lookup.Found(anothersApprovedOrder());
    announces("n1", Optional.empty(), new ProviderId("order", "O-1"));
    assertThat(told(ForeignPaymentSeen.class)).isTrue();
    assertThat(completions).as("completions of an order that is not ours").hasValue(0);
  }

  /** "No raw exception on a public entry": a person's word about such an operation. */
  @Test
  void an_operation_on_a_payment_that_we_did_not_start_is_settled_without_a_raw_exception() {
    gw.recovery = Recovery.none();
    scripted();
    gw.complete = r -> LOST;
    gw.lookup = t -> new Lookup.Found(anothersApprovedOrder());
    announces("n1", Optional.empty(), new ProviderId("order", "O-1"));
    shop.pass(Duration.ofHours(1), 60);
    Payment foreign =
        shop.payments().stream().filter(p -> p.terms().isEmpty()).findFirst().orElseThrow();
    if (foreign.operations().isEmpty()) {
      return; // as it should be
    }
    Throwable thrown =
        catchThrowable(
            () ->
                shop.house()
                    .operations()
                    .settle(
                        new SettleOperation(
                            foreign.id(),
                            foreign.operations().get(0).key(),
                            Optional.of("ch"),
                            "o",
                            "console")));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(GatehouseException.class);
    }
  }

  /**
   * The charge of EUR 10 was made once (invariant 1). A person who names it by the provider's
   * capture id, as consoles show it, must not make a second one of it, which is then "refunded".
   */
  @Test
  void a_charge_settled_under_another_of_its_ids_is_not_counted_twice_and_refunded() {
    gw.recovery = Recovery.none();
    scripted();
    collectRefunds();
    gw.charge = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    Operation charge = leftToPerson(c);
    settle(c, charge, Optional.of("cap"));
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
    sees(
        c,
        seen ->
            seen.attempt("ch", attempt(AttemptStep.SUCCEEDED, charge.key()))
                .movement("cap", capture("EUR 10.00")));
    assertThat(refunds).as("refunds of the only EUR 10 there are; %s", kinds()).isEmpty();
  }

  /** The same of a capture: one operation of ours has one effect, whatever id a person typed. */
  @Test
  void a_capture_settled_under_a_mistyped_id_is_not_counted_twice_and_refunded() {
    gw.recovery = Recovery.none();
    scripted();
    collectRefunds();
    gw.charge = ScriptedScenario::held;
    gw.capture = r -> LOST;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true);
    Operation capture = leftToPerson(c);
    settle(c, capture, Optional.of("cap_typo"));
    sees(
        c,
        seen -> seen.movement("cap", capture("EUR 10.00").outOf("auth").causedBy(capture.key())));
    assertThat(refunds).as("refunds of the only EUR 10 there are; %s", kinds()).isEmpty();
  }

  /** The command's page says "such as a charge": the hold's own id is another, learnt later. */
  @Test
  void a_hold_settled_by_its_charges_id_can_not_be_captured_twice() {
    CheckoutView c = heldAsAPersonSays("ch");
    collectCaptures();
    String charge = chargeKey(c);
    sees(
        c,
        seen ->
            seen.attempt("ch", attempt(AttemptStep.SUCCEEDED, charge))
                .authorization("auth", Authorization.of(Shop.TEN)));
    shop.capture(shop.payment(c), "EUR 10.00", true);
    catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", true));
    assertThat(captures).as("captures of EUR 10 each out of a hold of EUR 10").hasSize(1);
  }

  /**
   * Cancelling is refused once money was taken, or the money is handled as late (F33). A capture
   * whose amount the provider did not say is taken money: the view says CAPTURED.
   */
  @Test
  void money_taken_by_a_capture_that_shows_no_amount_is_not_forgotten_by_a_cancellation() {
    scripted();
    collectRefunds();
    CheckoutView c = capturedWithoutAmount();
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.CAPTURED);
    Throwable refused = catchThrowable(() -> shop.house().cancelCheckout(c.id()));
    shop.pass(Duration.ofDays(3), 100);
    assertThat(refused != null || told(LateMoney.class) || !refunds.isEmpty())
        .as("cancelled, EUR 10 kept, nobody told: %s, %s", shop.view(c).state(), kinds())
        .isTrue();
  }

  /** "Unknown ends in a fact or in a person's hands"; nothing stays pending in silence. */
  @Test
  void a_capture_that_shows_no_amount_ends_in_an_outcome_or_in_a_persons_hands() {
    scripted();
    CheckoutView c = capturedWithoutAmount();
    shop.pass(Duration.ofDays(60), 600);
    assertThat(shop.view(c).state() != CheckoutState.PENDING || told(OperationLeftToPerson.class))
        .as("for ever %s; wakes at %s", shop.view(c).state(), shop.payment(c).wakeAt())
        .isTrue();
  }

  /** State and events are derived from the same facts, so they can't contradict each other. */
  @Test
  void a_payment_that_is_captured_was_told_to_be_captured() {
    scripted();
    CheckoutView c = capturedWithoutAmount();
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.CAPTURED);
    assertThat(told(PaymentCaptured.class)).isTrue();
  }

  /** Capture, then give back, then release: nothing is kept, so nothing is paid. */
  @Test
  void a_part_that_was_captured_and_given_back_does_not_pay_when_the_rest_is_released() {
    scripted();
    gw.charge = ScriptedScenario::held;
    collectCaptures();
    collectRefunds();
    voidHolds();
    CheckoutView c = shop.house().pay(sale(shop.startGold(Shop.ANN)).holdOnly());
    shop.capture(shop.payment(c), "EUR 4.00", false);
    shop.refund(shop.payment(c), "EUR 4.00");
    shop.house().voidPayment(new VoidPayment(shop.payment(c).id(), shop.newKey()));
    assertThat(shop.payment(c).state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(shop.view(c).membership().orElseThrow().state())
        .as("a membership that nobody paid for; checkout is %s", shop.view(c).state())
        .isNotEqualTo(MembershipState.ACTIVE);
  }

  /** Invariant 2: what we request never exceeds what may be refunded, a conflict or none. */
  @Test
  void a_part_whose_refund_was_undone_pays_when_the_rest_is_released() {
    scripted();
    gw.charge = ScriptedScenario::held;
    collectCaptures();
    collectRefunds();
    voidHolds();
    CheckoutView c = shop.house().pay(sale(shop.startGold(Shop.ANN)).holdOnly());
    shop.capture(shop.payment(c), "EUR 4.00", false);
    shop.refund(shop.payment(c), "EUR 4.00");
    sees(c, Movement.of(MovementKind.REFUND, MovementStep.UNDONE));
    shop.house().voidPayment(new VoidPayment(shop.payment(c).id(), shop.newKey()));
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_refund_whose_amount_is_contradicted_is_not_made_a_second_time() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    collectRefunds();
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 10.00");
    sees(c, Movement.of(MovementKind.REFUND, MovementStep.DONE).with(Money.parse("EUR 9.70")));
    catchThrowable(() -> shop.refund(shop.payment(c), "EUR 10.00"));
    assertThat(refunds).as("refunds of EUR 10 each of EUR 10").hasSize(1);
  }

  /** The same if the provider shows the refund in the currency of the account. */
  @Test
  void a_refund_shown_in_another_currency_is_not_made_a_second_time() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.Succeeded(
              Snapshot.builder()
                  .movement(
                      "re" + refunds.size(),
                      Movement.of(MovementKind.REFUND, MovementStep.DONE)
                          .with(Money.parse("USD 11.00"))
                          .outOf(r.capture())
                          .causedBy(r.idempotencyKey()))
                  .build());
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 10.00");
    catchThrowable(() -> shop.refund(shop.payment(c), "EUR 10.00"));
    assertThat(refunds).as("refunds of EUR 10 each of EUR 10").hasSize(1);
  }

  /** Invariant 2 for captures. */
  @Test
  void a_capture_whose_amount_is_contradicted_is_not_made_a_second_time() {
    scripted();
    gw.charge = ScriptedScenario::held;
    collectCaptures();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 6.00", false);
    sees(c, seen -> seen.movement("cap1", capture("EUR 5.80").outOf("auth")));
    catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", false));
    assertThat(captures).as("EUR 6 + EUR 10 out of a hold of EUR 10").hasSize(1);
  }

  /** Absence is never a fact: that a capture names no hold does not mean that it came of none. */
  @Test
  void a_capture_made_in_the_console_that_names_no_hold_is_not_made_again() {
    scripted();
    gw.charge = ScriptedScenario::held;
    collectCaptures();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    sees(c, seen -> seen.movement("console", capture("EUR 6.00")));
    catchThrowable(() -> shop.capture(shop.payment(c), "EUR 10.00", true));
    assertThat(captures).as("EUR 6 in the console + EUR 10 of ours, of EUR 10 held").isEmpty();
  }

  /** A response is a snapshot as any other: of another's payment, only the reference is kept. */
  @Test
  void what_a_mixed_up_response_shows_is_not_refunded() {
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.refund =
        r -> {
          refunds.add(r);
          return new Outcome.Pending(
              Scripted.of("somebody-elses")
                  .movement("aaa_cap_of_another", capture("EUR 10.00").ofCharge("ch_of_another"))
                  .build());
        };
    shop.refund(shop.payment(c), "EUR 1.00");
    catchThrowable(() -> shop.refund(shop.payment(c), "EUR 5.00"));
    assertThat(refunds)
        .extracting(RefundRequest::capture)
        .as("somebody else's money is refunded")
        .containsOnly("cap");
  }

  /** A capture that provably had no effect is no capture: the hold can still be taken. */
  @Test
  void a_capture_that_was_refused_does_not_count_as_the_only_one() {
    GatewayProvider once =
        described(
            "once",
            GatewayDescription.builder("Once", "1")
                .method(
                    MethodSpec.withToken(
                        "card",
                        Capability.AUTHORIZE,
                        Capability.CAPTURE,
                        Capability.PARTIAL_CAPTURE,
                        Capability.VOID,
                        Capability.REFUND,
                        Capability.CUSTOMER_ACTION,
                        Capability.COMPLETION))
                .can(Capability.WEBHOOKS)
                .build());
    shop.with(once, new GatewayConfig(S, "once", Mode.TEST, Map.of()));
    gw.charge = ScriptedScenario::held;
    gw.capture =
        r ->
            new Outcome.NotSent(
                Failure.of(ErrorCategory.VALIDATION, "amount", "refused by the provider"));
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true);
    assertThat(shop.payment(c).status(shop.payment(c).operations().get(1)))
        .isEqualTo(OperationStatus.NO_EFFECT);
    collectCaptures();
    assertThat(catchThrowable(() -> shop.capture(shop.payment(c), "EUR 9.00", true))).isNull();
    assertThat(captures).hasSize(1);
  }

  /** A conflict is never guessed away: nobody knows whose method it is. */
  @Test
  void a_stored_method_that_contradicts_another_does_not_become_the_customers() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt(
                        "ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()).storing("pm_1"))
                    .movement("cap", capture("EUR 10.00"))
                    .build());
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    sees(c, seen -> seen.attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).storing("pm_of_bob")));
    assertThat(shop.house().customer(Shop.ANN).storedMethods())
        .doesNotContain(new StoredMethod(S, "pm_of_bob"));
  }

  /** The merchant did not call the capture final, and another hold is still there. */
  @Test
  void taking_one_of_two_holds_does_not_complete_the_checkout() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.SUCCEEDED, r.idempotencyKey()))
                    .authorization("auth1", Authorization.of(Money.parse("EUR 5.00")))
                    .authorization("auth2", Authorization.of(Money.parse("EUR 5.00")))
                    .build());
    collectCaptures();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 5.00", false);
    assertThat(shop.view(c).state()).isNotEqualTo(CheckoutState.COMPLETED);
  }

  /** A mismatch with what we asked for (amount, currency) is derived from holds, too. */
  @Test
  void a_hold_in_another_currency_is_a_mismatch() {
    heldFor(Money.parse("USD 10.00"));
    assertThat(told(IntegrityMismatchFound.class)).isTrue();
  }

  @Test
  void a_hold_of_another_amount_is_a_mismatch() {
    heldFor(Money.parse("EUR 1000.00"));
    assertThat(told(IntegrityMismatchFound.class)).isTrue();
  }

  /** F7: same key, other content is a typed conflict; "final" releases the rest of the hold. */
  @Test
  void a_capture_repeated_under_its_key_as_final_is_a_conflict() {
    scripted();
    gw.charge = ScriptedScenario::held;
    collectCaptures();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    Payment p = shop.payment(c);
    shop.house().capture(new Capture(p.id(), "k-1", Money.parse("EUR 4.00"), false));
    assertThatThrownBy(
            () -> shop.house().capture(new Capture(p.id(), "k-1", Money.parse("EUR 4.00"), true)))
        .isInstanceOf(GatehouseException.class);
  }

  /** "Never after a final decline", whatever the ids of the attempts sort like. */
  @Test
  void
      a_method_that_was_declined_for_good_is_not_tried_again_because_of_a_soft_decline_beside_it() {
    scripted();
    AtomicInteger charges = new AtomicInteger();
    gw.charge =
        r -> {
          charges.incrementAndGet();
          return new Outcome.Declined(
              Scripted.of(r.reference())
                  .attempt("a", Attempt.declined(Decline.of(DeclineCode.STOLEN_CARD)))
                  .attempt("b", Attempt.declined(Decline.of(DeclineCode.INSUFFICIENT_FUNDS)))
                  .build(),
              Decline.of(DeclineCode.STOLEN_CARD));
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    catchThrowable(() -> shop.house().pay(sale(c)));
    assertThat(charges).as("charges of a stolen card").hasValue(1);
  }

  private static Snapshot anothersApprovedOrder() {
    return Scripted.of("order-of-another-system")
        .providerId("order", "O-1")
        .attempt("O-1", Attempt.at(AttemptStep.APPROVED).with(Money.parse("EUR 70.00")))
        .build();
  }

  private void heldFor(Money amount) {
    scripted();
    gw.charge =
        r ->
            new Outcome.Succeeded(
                Scripted.of(r.reference())
                    .attempt("ch", Attempt.at(AttemptStep.SUCCEEDED).causedBy(r.idempotencyKey()))
                    .authorization("auth", Authorization.of(amount))
                    .build());
    shop.house().pay(sale(shop.start10()).holdOnly());
  }
}
