package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.started;
import static dev.gatehouse.payment.PaymentExample.startedSale;
import static dev.gatehouse.payment.PaymentExample.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import org.junit.jupiter.api.Test;

/** Whether a part of what we asked for is all that will come. */
class PaidTest {
  private static final PaymentFacts PART = capture("ca_1", MovementStep.DONE, "4.00");

  @Test
  void the_end_of_its_hold_settles_for_a_part_only_what_was_to_be_captured_later() {
    PaymentFacts over =
        hold("au_1", Authorization.of(TEN).ended(AuthorizationEnd.VOIDED)).join(PART);

    assertThat(started().observing(vouched().join(over)).isPaid()).isTrue();
    assertThat(startedSale().observing(vouched().join(over)).isPaid())
        .as("a sale takes all of it or is not paid")
        .isFalse();
  }

  @Test
  void a_final_capture_counts_once_its_own_money_was_taken() {
    Operation last = Operation.first("ca", Intent.capture("cmd", eur("1.00"), "au_1", true), NOW);
    Payment partly = started().observing(vouched().join(PART)).with(last);

    assertThat(partly.observing(made(MovementStep.OPEN)).isPaid()).as("under way").isFalse();
    assertThat(partly.observing(made(MovementStep.NEVER)).isPaid()).as("it failed").isFalse();
    assertThat(partly.observing(made(MovementStep.DONE)).isPaid()).isTrue();
    assertThat(partly.observing(made(MovementStep.UNDONE)).isPaid())
        .as("what was paid stays paid")
        .isTrue();
  }

  @Test
  void the_end_of_a_hold_settles_for_a_part_only_if_that_was_taken_out_of_it() {
    PaymentFacts over = hold("au_1", Authorization.over(AuthorizationEnd.EXPIRED));
    PaymentFacts elsewhere = captured("ca_9", MovementStep.DONE, "au_9");
    Payment partly = started().observing(vouched().join(elsewhere).join(over));

    assertThat(partly.isPaid()).isFalse();
    assertThat(partly.observing(captured("ca_1", MovementStep.OPEN, "au_1")).isPaid())
        .as("what is under way may still fail")
        .isFalse();
    assertThat(partly.observing(captured("ca_1", MovementStep.DONE, "au_1")).isPaid()).isTrue();
  }

  private static PaymentFacts made(MovementStep step) {
    return movement(
        "ca_2", Movement.of(MovementKind.CAPTURE, step).with(eur("1.00")).causedBy("ca"));
  }

  private static PaymentFacts captured(String id, MovementStep step, String hold) {
    return movement(id, Movement.of(MovementKind.CAPTURE, step).with(eur("1.00")).outOf(hold));
  }
}
