package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.foreign;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.spi.OperationKind;
import org.junit.jupiter.api.Test;

/** An approved attempt goes on only if we complete it. */
class PaymentStateTest {
  private final Operation complete = Operation.first("co", Intent.complete("cmd", "ch_1"), NOW);
  private final Payment approved = started().observing(attempt("ch_1", AttemptStep.APPROVED));

  @Test
  void an_approval_that_could_not_be_completed_and_will_not_be_is_a_failure() {
    Payment none = approved.with(complete).observing(sent("co", 1, SendStep.HAD_NONE));

    assertThat(none.state()).as("it may be sent again").isEqualTo(PaymentState.PENDING);
    assertThat(none.with(complete.close()).state()).isEqualTo(PaymentState.FAILED);
    assertThat(approved.with(complete.close()).state())
        .as("in doubt")
        .isEqualTo(PaymentState.PENDING);
  }

  @Test
  void another_attempt_still_decides_where_one_could_not_be_completed() {
    Payment refused = approved.with(complete.close()).observing(sent("co", 1, SendStep.HAD_NONE));

    assertThat(refused.observing(attempt("ch_2", AttemptStep.PROCESSING)).state())
        .isEqualTo(PaymentState.PENDING);
    assertThat(refused.observing(attempt("ch_2", AttemptStep.ACTION_NEEDED)).state())
        .isEqualTo(PaymentState.ACTION_REQUIRED);
    assertThat(refused.observing(attempt("ch_2", AttemptStep.APPROVED)).state())
        .as("the completion was of the other")
        .isEqualTo(PaymentState.PENDING);
  }

  @Test
  void a_completion_that_was_refused_ends_only_an_attempt_that_waits_for_it() {
    Payment refused = started().with(complete.close()).observing(sent("co", 1, SendStep.HAD_NONE));

    assertThat(refused.observing(attempt("ch_1", AttemptStep.ACTION_NEEDED)).state())
        .as("the customer has not approved yet")
        .isEqualTo(PaymentState.ACTION_REQUIRED);
    assertThat(refused.observing(attempt("ch_1", AttemptStep.PROCESSING)).state())
        .as("somebody else completed it")
        .isEqualTo(PaymentState.PENDING);
  }

  @Test
  void only_a_completion_can_fail_to_complete() {
    Operation release = operation(OperationKind.VOID, "vo", "ch_1", TEN);

    assertThat(approved.with(release.close()).observing(sent("vo", 1, SendStep.HAD_NONE)).state())
        .isEqualTo(PaymentState.PENDING);
  }

  @Test
  void a_payment_that_we_did_not_start_fails_with_its_attempt() {
    assertThat(foreign().observing(attempt("ch_1", AttemptStep.FAILED)).state())
        .isEqualTo(PaymentState.FAILED);
  }

  @Test
  void what_we_sent_after_a_charge_of_somebody_else_does_not_put_that_charge_in_doubt() {
    Payment refunding = foreign().with(operation(OperationKind.REFUND, "re", "ca_1", TEN));

    assertThat(refunding.status(refunding.operations().get(0))).isEqualTo(OperationStatus.IN_DOUBT);
    assertThat(refunding.state()).isEqualTo(PaymentState.PENDING);
  }
}
