package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.refund;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.spi.OperationKind;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Whether there is still money for what we asked, and what came of it. */
class FundsOfOperationsTest {
  private static final CurrencyUnit EUR = CurrencyUnit.EUR;
  private final Payment held = started().observing(hold("au_1", Authorization.of(TEN)));
  private final Payment sold =
      started()
          .observing(capture("ca_1", MovementStep.DONE, "4.00"))
          .observing(capture("ca_2", MovementStep.DONE, "6.00"));

  @Test
  void a_refund_is_covered_while_its_capture_has_all_of_it() {
    Operation all = operation(OperationKind.REFUND, "re", "ca_1", eur("4.00"));
    Payment asked = sold.with(all);

    assertThat(covers(asked, all)).isTrue();
    assertThat(covers(asked.observing(refund("re_9", MovementStep.DONE, "0.01")), all)).isFalse();
    Movement ofTheOther = Movement.of(MovementKind.REFUND, MovementStep.DONE).outOf("ca_2");
    assertThat(covers(asked.observing(movement("re_9", ofTheOther.with(eur("6.00")))), all))
        .as("all of the other capture went back")
        .isTrue();
  }

  @Test
  void a_refund_is_not_covered_once_more_of_the_payment_went_back_than_the_rest() {
    Operation some = operation(OperationKind.REFUND, "re", "ca_2", eur("6.00"));
    Movement ofNoCapture = Movement.of(MovementKind.REFUND, MovementStep.DONE);
    Payment asked = sold.with(some);

    assertThat(covers(asked.observing(movement("re_9", ofNoCapture.with(eur("4.00")))), some))
        .isTrue();
    assertThat(covers(asked.observing(movement("re_9", ofNoCapture.with(eur("4.01")))), some))
        .isFalse();
  }

  @Test
  void a_capture_is_covered_while_its_hold_has_all_of_it() {
    Operation all = operation(OperationKind.CAPTURE, "ca", "au_1", TEN);
    Payment asked = held.with(all);

    assertThat(covers(asked, all)).isTrue();
    assertThat(covers(asked.observing(capture("ca_9", MovementStep.DONE, "0.01")), all)).isFalse();
  }

  @Test
  void a_refund_out_of_a_capture_that_was_undone_is_not_covered() {
    Operation all = operation(OperationKind.REFUND, "re", "ca_1", eur("4.00"));
    Payment undone = sold.with(all).observing(capture("ca_1", MovementStep.UNDONE, "4.00"));

    assertThat(covers(undone, all)).isFalse();
  }

  @Test
  void a_hold_in_another_currency_keeps_money_as_well() {
    Payment odd = started().observing(hold("au_1", Authorization.of(Money.parse("USD 3.00"))));

    assertThat(Funds.of(odd, EUR).living()).containsExactly("au_1");
  }

  @Test
  void what_was_asked_of_something_that_was_not_seen_yet_is_not_held_back() {
    Operation capture = operation(OperationKind.CAPTURE, "ca", "au_9", TEN);
    Operation refund = operation(OperationKind.REFUND, "re", "ca_9", eur("1.00"));

    assertThat(covers(started().with(capture), capture)).isTrue();
    assertThat(covers(sold.with(refund), refund)).isTrue();
  }

  @Test
  void what_takes_or_gives_back_no_captured_money_needs_none() {
    for (OperationKind kind :
        new OperationKind[] {OperationKind.CHARGE, OperationKind.COMPLETE, OperationKind.VOID}) {
      Operation operation = operation(kind, "op", "au_1", TEN);

      assertThat(covers(started().with(operation), operation)).as(kind.toString()).isTrue();
    }
  }

  @Test
  void a_hold_keeps_money_until_it_ends_or_all_of_it_was_taken() {
    Payment two = held.observing(hold("au_2", Authorization.of(TEN)));

    assertThat(Funds.of(two, EUR).living()).containsExactly("au_1", "au_2");
    assertThat(Funds.of(ended(two, "au_1"), EUR).living()).containsExactly("au_2");
    Payment partly = two.observing(capture("ca_1", MovementStep.DONE, "9.99"));
    assertThat(Funds.of(partly, EUR).living()).containsExactly("au_1", "au_2");
    Payment taken = two.observing(capture("ca_1", MovementStep.DONE, "10.00"));
    assertThat(Funds.of(taken, EUR).living()).containsExactly("au_2");
  }

  @Test
  void a_hold_of_which_the_amount_is_not_certain_keeps_money_until_it_ends() {
    Payment uncertain = held.observing(hold("au_1", Authorization.of(eur("9.00"))));

    assertThat(Funds.of(uncertain, EUR).living()).containsExactly("au_1");
    assertThat(Funds.of(ended(uncertain, "au_1"), EUR).living()).isEmpty();
  }

  @Test
  void what_we_sent_back_is_every_refund_of_ours_that_may_have_been_made_or_may_yet() {
    Operation refund = operation(OperationKind.REFUND, "re", "ca_1", eur("3.00"));
    Payment asked = sold.with(refund);
    Payment none = asked.observing(sent("re", 1, SendStep.HAD_NONE));

    assertThat(sentBack(asked)).as("in doubt").isEqualTo(eur("3.00"));
    assertThat(sentBack(asked.with(refund.close()))).as("given up").isEqualTo(eur("3.00"));
    assertThat(sentBack(none)).as("it may be sent again").isEqualTo(eur("3.00"));
    assertThat(sentBack(none.with(refund.close()))).as("never made").isEqualTo(eur("0.00"));
    assertThat(sentBack(asked.observing(made(MovementStep.OPEN)))).isEqualTo(eur("3.00"));
    assertThat(sentBack(asked.observing(made(MovementStep.DONE)))).isEqualTo(eur("3.00"));
    assertThat(sentBack(asked.observing(made(MovementStep.NEVER)))).isEqualTo(eur("0.00"));
    assertThat(sentBack(asked.observing(made(MovementStep.UNDONE))))
        .as("the bank sent it back")
        .isEqualTo(eur("0.00"));
  }

  @Test
  void what_we_sent_back_is_added_up_and_neither_captures_nor_others_refunds_are_in_it() {
    Payment several =
        sold.with(operation(OperationKind.REFUND, "re-1", "ca_1", eur("3.00")))
            .with(operation(OperationKind.REFUND, "re-2", "ca_2", eur("1.50")))
            .with(operation(OperationKind.CAPTURE, "ca", "au_1", eur("2.00")))
            .observing(refund("re_9", MovementStep.DONE, "1.00"));

    assertThat(sentBack(several)).isEqualTo(eur("4.50"));
    assertThat(sentBack(sold)).isEqualTo(eur("0.00"));
  }

  private static boolean covers(Payment payment, Operation operation) {
    return Funds.of(payment, EUR).cover(operation);
  }

  private static Money sentBack(Payment payment) {
    return Funds.sentBack(payment, EUR);
  }

  private static PaymentFacts made(MovementStep step) {
    return movement(
        "re_1", Movement.of(MovementKind.REFUND, step).with(eur("3.00")).causedBy("re"));
  }

  private static Payment ended(Payment payment, String hold) {
    return payment.observing(hold(hold, Authorization.over(AuthorizationEnd.VOIDED)));
  }
}
