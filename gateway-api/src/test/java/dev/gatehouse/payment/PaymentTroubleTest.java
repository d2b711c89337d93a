package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What people are told of a payment that is not simply done: what counts is what came last. */
class PaymentTroubleTest {
  private static final Failure REFUSED =
      Failure.of(ErrorCategory.VALIDATION, "refused", "It was refused.");
  private static final Failure SLOW = Failure.of(ErrorCategory.RATE_LIMITED, "429", "Slow down.");
  private final Operation refund = operation(OperationKind.REFUND, "re", "ca_1", eur("3.00"));

  @Test
  void a_person_is_asked_about_what_was_left_to_one_until_it_is_known() {
    Payment left = started().with(refund.leaveToPerson());

    assertThat(left.leftToPerson()).containsExactly(refund.leaveToPerson());
    assertThat(made(left, MovementStep.OPEN).leftToPerson())
        .as("the provider has it and is not done")
        .containsExactly(refund.leaveToPerson());
    assertThat(made(left, MovementStep.DONE).leftToPerson()).isEmpty();
    assertThat(made(left, MovementStep.NEVER).leftToPerson()).isEmpty();
    assertThat(left.observing(sent("re", 1, SendStep.HAD_NONE)).leftToPerson()).isEmpty();
  }

  @Test
  void nobody_is_asked_about_what_is_still_being_found_out() {
    assertThat(started().with(refund).with(refund.close()).leftToPerson()).isEmpty();
  }

  @Test
  void what_the_customer_must_do_is_not_taken_from_an_attempt_that_is_over() {
    Attempt over = Attempt.at(AttemptStep.FAILED).with(redirect("old"));
    Payment waits =
        started()
            .with(started().operations().get(0).asking(redirect("new")))
            .observing(attempt("ch_0", over).stamped(1))
            .observing(attempt("ch_1", AttemptStep.ACTION_NEEDED));

    assertThat(waits.action()).contains(redirect("new"));
  }

  @Test
  void of_two_things_asked_of_the_customer_the_later_counts() {
    Operation charge = started().operations().get(0).asking(redirect("first"));
    Operation complete = complete("co-1").asking(redirect("second"));
    Payment waits = started().observing(attempt("ch_1", AttemptStep.ACTION_NEEDED));

    assertThat(waits.with(charge).with(complete).action()).contains(redirect("second"));
  }

  @Test
  void of_two_calls_in_trouble_the_later_is_told() {
    Operation other = operation(OperationKind.REFUND, "re-2", "ca_1", TEN);

    assertThat(started().with(refund.failedWith(REFUSED)).with(other.failedWith(SLOW)).failure())
        .contains(SLOW);
  }

  @Test
  void of_two_completions_that_were_never_made_the_later_says_why() {
    Payment refused =
        started()
            .observing(attempt("ch_1", AttemptStep.APPROVED))
            .with(complete("co-1").failedWith(SLOW).close())
            .observing(sent("co-1", 1, SendStep.HAD_NONE))
            .with(complete("co-2").failedWith(REFUSED).close())
            .observing(sent("co-2", 1, SendStep.HAD_NONE));

    assertThat(refused.decline().map(Decline::rawCode)).contains("refused");
  }

  private static Operation complete(String key) {
    return Operation.first(key, Intent.complete("cmd-" + key, "ch_1"), NOW);
  }

  private static Payment made(Payment payment, MovementStep step) {
    return payment.observing(
        movement("re_1", Movement.of(MovementKind.REFUND, step).causedBy("re")));
  }

  private static CustomerAction redirect(String page) {
    return CustomerAction.Redirect.to(URI.create("https://bank.example/" + page));
  }
}
