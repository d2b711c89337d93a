package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.spi.OperationKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OperationStatusTest {
  private final Operation charge = operation(OperationKind.CHARGE, CHARGE, "", TEN);
  private final Operation complete = operation(OperationKind.COMPLETE, "co", "ch_1", TEN);
  private final Operation capture = operation(OperationKind.CAPTURE, "ca", "au_1", TEN);
  private final Operation refund = operation(OperationKind.REFUND, "re", "ca_1", TEN);
  private final Operation release = operation(OperationKind.VOID, "vo", "au_1", TEN);

  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void whatever_was_sent_and_not_heard_of_is_in_doubt(OperationKind kind) {
    Operation sent = operation(kind, "op", "x", TEN);

    assertThat(of(sent, PaymentFacts.none())).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(sent, sent("op", 1, SendStep.SAVED))).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(sent, sent("op", 1, SendStep.SENT))).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(sent, sent("op", 1, SendStep.HAD_NONE))).isEqualTo(OperationStatus.NO_EFFECT);
    assertThat(of(sent, sent("op", 1, SendStep.HAD_EFFECT))).isEqualTo(OperationStatus.UNDER_WAY);
  }

  @Test
  void it_had_no_effect_only_if_every_send_had_none() {
    Operation twice = charge.sentAgain(PaymentExample.NOW);
    PaymentFacts first = sent(CHARGE, 1, SendStep.HAD_NONE);
    PaymentFacts second = sent(CHARGE, 2, SendStep.HAD_NONE);

    assertThat(of(twice, first)).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(twice, second)).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(twice, first.join(second))).isEqualTo(OperationStatus.NO_EFFECT);
    assertThat(of(twice, first.join(sent(CHARGE, 2, SendStep.HAD_EFFECT))))
        .isEqualTo(OperationStatus.UNDER_WAY);
    assertThat(of(charge, sent("other", 1, SendStep.HAD_NONE))).isEqualTo(OperationStatus.IN_DOUBT);
  }

  @ParameterizedTest
  @CsvSource({
    "STARTED, UNDER_WAY",
    "ACTION_NEEDED, UNDER_WAY",
    "APPROVED, UNDER_WAY",
    "PROCESSING, UNDER_WAY",
    "SUCCEEDED, SUCCEEDED",
    "FAILED, FAILED"
  })
  void a_charge_is_what_its_attempt_is(AttemptStep step, OperationStatus status) {
    assertThat(of(charge, attempt("ch_1", step))).isEqualTo(status);
  }

  @Test
  void of_several_attempts_one_success_is_enough_and_one_failure_is_not() {
    PaymentFacts failed = attempt("ch_1", AttemptStep.FAILED);

    assertThat(of(charge, failed.join(attempt("ch_2", AttemptStep.SUCCEEDED))))
        .isEqualTo(OperationStatus.SUCCEEDED);
    assertThat(of(charge, failed.join(attempt("ch_2", AttemptStep.STARTED))))
        .isEqualTo(OperationStatus.UNDER_WAY);
    assertThat(of(charge, failed.join(attempt("ch_2", AttemptStep.FAILED))))
        .isEqualTo(OperationStatus.FAILED);
    assertThat(of(charge, attempt("ch_0", AttemptStep.STARTED).join(failed)))
        .isEqualTo(OperationStatus.UNDER_WAY);
  }

  @Test
  void an_attempt_whose_place_another_took_says_nothing_even_if_it_succeeded() {
    PaymentFacts over =
        attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED).causedBy(CHARGE).supersededBy("ch_2"));

    assertThat(of(charge, over)).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(charge, over.join(attempt("ch_2", AttemptStep.FAILED))))
        .isEqualTo(OperationStatus.FAILED);
  }

  @Test
  void what_another_operation_caused_says_nothing() {
    assertThat(of(charge, attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED).causedBy("other"))))
        .isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(
            of(
                refund,
                movement(
                    "re_1", Movement.of(MovementKind.REFUND, MovementStep.DONE).causedBy("other"))))
        .isEqualTo(OperationStatus.IN_DOUBT);
  }

  @ParameterizedTest
  @CsvSource({
    "STARTED, IN_DOUBT",
    "ACTION_NEEDED, IN_DOUBT",
    "APPROVED, IN_DOUBT",
    "PROCESSING, UNDER_WAY",
    "SUCCEEDED, SUCCEEDED",
    "FAILED, FAILED"
  })
  void a_completion_is_what_its_target_became(AttemptStep step, OperationStatus status) {
    assertThat(of(complete, attempt("ch_1", step))).isEqualTo(status);
    assertThat(of(complete, attempt("ch_2", step))).isEqualTo(OperationStatus.IN_DOUBT);
  }

  @ParameterizedTest
  @CsvSource({"OPEN, UNDER_WAY", "DONE, SUCCEEDED", "NEVER, FAILED", "UNDONE, SUCCEEDED"})
  void a_capture_or_refund_is_what_its_movement_is(MovementStep step, OperationStatus status) {
    Movement captured = Movement.of(MovementKind.CAPTURE, step).causedBy("ca");
    Movement refunded = Movement.of(MovementKind.REFUND, step).causedBy("re");

    assertThat(of(capture, movement("m", captured))).isEqualTo(status);
    assertThat(of(refund, movement("m", refunded))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER, DONE, SUCCEEDED",
    "NEVER, UNDONE, SUCCEEDED",
    "OPEN, DONE, SUCCEEDED",
    "NEVER, OPEN, UNDER_WAY",
    "NEVER, NEVER, FAILED"
  })
  void of_several_movements_one_that_was_done_is_enough(
      MovementStep one, MovementStep other, OperationStatus status) {
    Movement first = Movement.of(MovementKind.REFUND, one).causedBy("re");
    Movement second = Movement.of(MovementKind.REFUND, other).causedBy("re");

    assertThat(of(refund, movement("m_1", first).join(movement("m_2", second)))).isEqualTo(status);
    assertThat(of(refund, movement("m_1", second).join(movement("m_2", first)))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"VOIDED, SUCCEEDED", "EXPIRED, FAILED", "EXHAUSTED, FAILED"})
  void a_void_succeeded_if_its_hold_was_voided(AuthorizationEnd end, OperationStatus status) {
    assertThat(of(release, hold("au_1", Authorization.of(TEN).ended(end)))).isEqualTo(status);
    assertThat(of(release, hold("au_2", Authorization.of(TEN).ended(end))))
        .isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(release, hold("au_1", Authorization.of(TEN))))
        .isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(of(release, hold("au_1", Authorization.of(TEN).supersededBy("au_2"))))
        .isEqualTo(OperationStatus.FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "IN_DOUBT, false",
    "NO_EFFECT, false",
    "UNDER_WAY, false",
    "SUCCEEDED, true",
    "FAILED, true"
  })
  void only_success_and_failure_are_the_end(OperationStatus status, boolean over) {
    assertThat(status.isOver()).isEqualTo(over);
  }

  private static OperationStatus of(Operation operation, PaymentFacts facts) {
    return Effects.in(facts).status(operation);
  }
}
