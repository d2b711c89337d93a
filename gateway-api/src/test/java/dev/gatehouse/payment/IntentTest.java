package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntentTest {
  private final Payment empty = PaymentExample.without(OperationKind.CHARGE);

  @Test
  void operations_of_each_kind_are_numbered_by_themselves() {
    Payment payment =
        empty
            .beginning(Intent.charge("c-1", TEN), NOW)
            .beginning(Intent.complete("c-2", "ch_1"), NOW)
            .beginning(Intent.capture("c-3", eur("4.00"), "au_1", false), NOW)
            .beginning(Intent.capture("c-4", eur("5.00"), "au_1", true), NOW)
            .beginning(Intent.release("c-5", "au_1"), NOW)
            .beginning(Intent.refund("c-6", eur("1.00"), "ca_1", Optional.empty()), NOW)
            .beginning(Intent.refund("c-7", eur("2.00"), "ca_1", Optional.of("late")), NOW);

    assertThat(payment.operations())
        .extracting(Operation::key)
        .containsExactly(
            "pay_1.charge.1",
            "pay_1.complete.1",
            "pay_1.capture.1",
            "pay_1.capture.2",
            "pay_1.void.1",
            "pay_1.refund.1",
            "pay_1.refund.2");
  }

  @Test
  void an_operation_begins_with_its_first_send_saved_and_nothing_known_of_it() {
    Payment payment = empty.beginning(Intent.charge("c-1", TEN), NOW);
    Operation charge = payment.operations().get(0);

    assertThat(payment.facts().sends())
        .isEqualTo(Map.of("pay_1.charge.1#1", Chain.at(SendStep.SAVED)));
    assertThat(charge.sends()).isEqualTo(1);
    assertThat(charge.createdAt()).isEqualTo(NOW);
    assertThat(payment.status(charge)).isEqualTo(OperationStatus.IN_DOUBT);
  }

  @Test
  void an_operation_is_what_was_intended() {
    assertThat(begun(Intent.charge("cmd", TEN)))
        .isEqualTo(new Intent(OperationKind.CHARGE, "cmd", Optional.of(TEN), "", false, none()));
    assertThat(begun(Intent.complete("cmd", "ch_1")))
        .isEqualTo(
            new Intent(OperationKind.COMPLETE, "cmd", Optional.empty(), "ch_1", false, none()));
    assertThat(begun(Intent.capture("cmd", TEN, "au_1", true)))
        .isEqualTo(
            new Intent(OperationKind.CAPTURE, "cmd", Optional.of(TEN), "au_1", true, none()));
    assertThat(begun(Intent.release("cmd", "au_1")))
        .isEqualTo(new Intent(OperationKind.VOID, "cmd", Optional.empty(), "au_1", false, none()));
    assertThat(begun(Intent.refund("cmd", TEN, "ca_1", Optional.of("late"))))
        .isEqualTo(
            new Intent(
                OperationKind.REFUND, "cmd", Optional.of(TEN), "ca_1", false, Optional.of("late")));
  }

  @Test
  void an_operation_that_was_given_up_may_have_arrived_until_then() {
    Failure lost = Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "http.timeout", "no answer");
    Operation given =
        operation(OperationKind.REFUND, "re", "ca_1", TEN).givenUp(lost, NOW.plusSeconds(30));

    assertThat(given.failure()).contains(lost);
    assertThat(given.lastSentAt()).isEqualTo(NOW.plusSeconds(30));
    assertThat(given.createdAt()).isEqualTo(NOW);
    assertThat(given.sends()).isEqualTo(1);
    assertThat(given.closed()).isFalse();
  }

  @Test
  void an_operation_on_which_a_person_reported_is_not_sent_again() {
    Operation asked = operation(OperationKind.REFUND, "re", "ca_1", TEN).resendAt(NOW);

    assertThat(asked.reported(Optional.of("slip")).reportedAs()).contains("slip");
    assertThat(asked.reported(Optional.of("slip")).closed()).isTrue();
    assertThat(asked.reported(Optional.of("slip")).nextSendAt()).isEmpty();
    assertThat(asked.reported(Optional.empty()).reportedAs()).isEmpty();
    assertThat(asked.reported(Optional.empty()).closed()).isTrue();
  }

  private Intent begun(Intent intent) {
    Operation begun = empty.beginning(intent, NOW).operations().get(0);
    return new Intent(
        begun.kind(),
        begun.command(),
        begun.amount(),
        begun.target(),
        begun.isFinal(),
        begun.reason());
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
