package dev.gatehouse.event;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.refund;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.payment.Mismatch;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentExample;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentEventsTest {
  @Test
  void a_payment_of_which_nothing_was_seen_has_no_events() {
    assertThat(of(started())).isEmpty();
  }

  @Test
  void every_event_has_a_stable_id_and_says_when_who_and_in_which_mode() {
    LifecycleEvent event =
        of(started().observing(capture("ca_1", MovementStep.DONE, "10.00"))).get("captured:ca_1");

    assertThat(event.type()).isEqualTo("PaymentCaptured");
    assertThat(event.header())
        .isEqualTo(
            new EventHeader(
                "pay_1/captured:ca_1",
                NOW,
                "ann",
                Optional.of(new CustomerId("ann")),
                Optional.of(Mode.TEST)));
  }

  @Test
  void an_attempt_fails_with_its_reason_or_with_a_general_one() {
    Payment declined =
        started().observing(attempt("ch_1", Attempt.declined(Decline.of(DeclineCode.LOST_CARD))));

    PaymentFailed failed = (PaymentFailed) of(declined).get("failed:ch_1");
    assertThat(failed.decline().code()).isEqualTo(DeclineCode.LOST_CARD);
    assertThat(failed.attempt()).isEqualTo("ch_1");
    assertThat(failed.checkout()).contains(new CheckoutId("chk_1"));
    PaymentFailed vague =
        (PaymentFailed)
            of(started().observing(attempt("ch_1", AttemptStep.FAILED))).get("failed:ch_1");
    assertThat(vague.decline().code()).isEqualTo(DeclineCode.GENERIC_DECLINE);
    assertThat(of(started().observing(attempt("ch_1", AttemptStep.PROCESSING)))).isEmpty();
  }

  @Test
  void a_stored_method_is_told() {
    PaymentFacts stored = attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED).storing("pm_7"));

    assertThat(of(started().observing(stored)))
        .containsOnlyKeys("stored:pm_7")
        .hasValueSatisfying(
            new Condition<>(e -> ((PaymentMethodStored) e).method().equals("pm_7"), "the method"));
  }

  @ParameterizedTest
  @CsvSource({"VOIDED, true", "EXPIRED, true", "EXHAUSTED, false"})
  void a_hold_is_told_and_its_end_if_nothing_took_its_place(AuthorizationEnd end, boolean told) {
    Payment held = started().observing(hold("au_1", Authorization.of(TEN)));
    assertThat(of(held)).containsOnlyKeys("authorized:au_1");
    assertThat(((PaymentAuthorized) of(held).get("authorized:au_1")).amount()).isEqualTo(TEN);

    Map<String, LifecycleEvent> events =
        of(held.observing(hold("au_1", Authorization.of(TEN).ended(end))));

    assertThat(events.containsKey("hold-ended:au_1")).isEqualTo(told);
    if (told) {
      assertThat(((AuthorizationEnded) events.get("hold-ended:au_1")).end()).isEqualTo(end);
    }
    assertThat(of(held.observing(hold("au_1", Authorization.of(TEN).supersededBy("au_2")))))
        .containsOnlyKeys("authorized:au_1");
  }

  @ParameterizedTest
  @CsvSource({
    "CAPTURE, OPEN, ''",
    "CAPTURE, DONE, PaymentCaptured",
    "CAPTURE, NEVER, CaptureFailed",
    "CAPTURE, UNDONE, PaymentCaptured+CaptureFailed",
    "REFUND, OPEN, ''",
    "REFUND, DONE, PaymentRefunded",
    "REFUND, NEVER, RefundFailed",
    "REFUND, UNDONE, PaymentRefunded+RefundFailed",
    "DISPUTE_WITHDRAWAL, OPEN, ''",
    "DISPUTE_WITHDRAWAL, DONE, DisputeFundsWithdrawn",
    "DISPUTE_REINSTATEMENT, OPEN, ''",
    "DISPUTE_REINSTATEMENT, DONE, DisputeFundsReinstated"
  })
  void each_step_of_money_has_its_events(MovementKind kind, MovementStep step, String types) {
    Payment payment = started().observing(movement("m_1", Movement.of(kind, step).with(TEN)));

    List<String> expected = types.isEmpty() ? List.of() : List.of(types.split("\\+"));
    assertThat(of(payment).values())
        .extracting(LifecycleEvent::type)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void money_of_unknown_amount_or_kind_is_not_told_yet() {
    Movement unknown = Movement.of(MovementKind.CAPTURE, MovementStep.DONE);

    assertThat(of(started().observing(movement("m_1", unknown)))).isEmpty();
    assertThat(
            of(
                started()
                    .observing(movement("m_1", unknown))
                    .observing(capture("m_1", MovementStep.OPEN, "1.00"))))
        .containsOnlyKeys("captured:m_1");
  }

  @Test
  void a_dispute_is_told_with_its_amount() {
    PaymentFacts seen =
        Snapshot.builder().dispute("dp_1", Dispute.of(eur("3.00"), "ch_1")).build().facts();

    DisputeOpened opened = (DisputeOpened) of(started().observing(seen)).get("disputed:dp_1");
    assertThat(opened.amount()).isEqualTo(eur("3.00"));
    assertThat(opened.dispute()).isEqualTo("dp_1");
  }

  @Test
  void what_is_left_to_a_person_is_told_with_what_was_tried() {
    Operation refund = operation(OperationKind.REFUND, "re", "ca_1", TEN);
    Failure failure = Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "x", "no answer");

    assertThat(of(started().with(refund.close()))).isEmpty();
    OperationLeftToPerson left =
        (OperationLeftToPerson)
            of(started().with(refund.failedWith(failure).leaveToPerson())).get("person:re");
    assertThat(left.why()).isEqualTo("no answer");
    assertThat(left.kind()).isEqualTo(OperationKind.REFUND);
    assertThat(
            ((OperationLeftToPerson) of(started().with(refund.leaveToPerson())).get("person:re"))
                .why())
        .isEqualTo("no recovery is declared");
  }

  @Test
  void a_charge_that_was_given_up_without_an_effect_failed() {
    Payment none = started().observing(sent(CHARGE, 1, SendStep.HAD_NONE));
    Operation charge = none.operations().get(0);

    assertThat(of(none)).isEmpty();
    assertThat(of(started().with(charge.close()))).as("in doubt").isEmpty();
    PaymentFailed failed = (PaymentFailed) of(none.with(charge.close())).get("failed:" + CHARGE);
    assertThat(failed.decline().code()).isEqualTo(DeclineCode.PROCESSING_ERROR);
    assertThat(none.with(charge.close()).decline()).contains(failed.decline());
    Operation refund = operation(OperationKind.REFUND, "re", "ca_1", TEN);
    assertThat(of(none.with(refund.close()).observing(sent("re", 1, SendStep.HAD_NONE))))
        .as("only a charge is a payment that failed")
        .isEmpty();
  }

  @Test
  void a_completion_that_failed_is_told_once_however_it_is_learnt() {
    Operation complete = operation(OperationKind.COMPLETE, "co", "ch_1", TEN);
    Payment refused =
        started()
            .observing(attempt("ch_1", AttemptStep.APPROVED))
            .with(complete.close())
            .observing(sent("co", 1, SendStep.HAD_NONE));
    Payment seen = refused.observing(attempt("ch_1", AttemptStep.FAILED));

    assertThat(((PaymentFailed) of(refused).get("failed:ch_1")).attempt()).isEqualTo("ch_1");
    assertThat(of(refused)).containsOnlyKeys("failed:ch_1");
    assertThat(of(seen)).containsOnlyKeys("failed:ch_1");
  }

  @Test
  void mismatches_and_conflicts_are_told_by_name() {
    Payment wrong =
        started().observing(Snapshot.builder().reference("x").reference("pay_1").build().facts());

    Map<String, LifecycleEvent> events = of(wrong);

    assertThat(events).containsOnlyKeys("mismatch:REFERENCE", "conflict:reference");
    assertThat(((IntegrityMismatchFound) events.get("mismatch:REFERENCE")).mismatch())
        .isEqualTo(Mismatch.REFERENCE);
    assertThat(((ConflictFound) events.get("conflict:reference")).values())
        .containsExactly("pay_1", "x");
  }

  @Test
  void a_payment_that_we_did_not_start_is_told_and_is_its_own_subject() {
    Map<String, LifecycleEvent> events = of(PaymentExample.foreign());

    assertThat(events).containsOnlyKeys("foreign");
    assertThat(events.get("foreign").header().subject()).isEqualTo("pay_1");
    assertThat(events.get("foreign").header().customer()).isEmpty();
  }

  @Test
  void several_things_are_several_events() {
    Payment payment =
        started()
            .observing(capture("ca_1", MovementStep.DONE, "4.00"))
            .observing(capture("ca_2", MovementStep.DONE, "6.00"))
            .observing(refund("re_1", MovementStep.DONE, "1.00"));

    assertThat(of(payment)).containsOnlyKeys("captured:ca_1", "captured:ca_2", "refunded:re_1");
  }

  @Test
  void what_was_raised_is_not_told_again() {
    Payment payment =
        started()
            .observing(capture("ca_1", MovementStep.DONE, "4.00"))
            .raising(Set.of("captured:ca_1"))
            .observing(capture("ca_2", MovementStep.DONE, "6.00"));

    assertThat(PaymentEvents.unraised(payment, NOW)).containsOnlyKeys("captured:ca_2");
    assertThat(of(payment)).containsOnlyKeys("captured:ca_1", "captured:ca_2");
  }

  @Test
  void what_is_learnt_at_once_is_told_in_the_order_in_which_it_happens() {
    Payment payment =
        PaymentExample.foreign()
            .observing(refund("a", MovementStep.DONE, "1.00"))
            .observing(capture("b", MovementStep.DONE, "6.00"))
            .observing(hold("c", Authorization.of(TEN)));

    assertThat(of(payment).keySet())
        .containsExactly("foreign", "authorized:c", "captured:b", "refunded:a");
  }

  private static Map<String, LifecycleEvent> of(Payment payment) {
    return PaymentEvents.of(payment, NOW);
  }
}
