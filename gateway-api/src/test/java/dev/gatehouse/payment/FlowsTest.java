package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.refund;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.OperationKind;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

/** Where it is not known how much went, or out of what, no more may be requested than is safe. */
class FlowsTest {
  private static final Movement REFUNDED = Movement.of(MovementKind.REFUND, MovementStep.DONE);
  private final Payment sold = started().observing(capture("ca_1", MovementStep.DONE, "10.00"));
  private final Payment held = started().observing(hold("au_1", Authorization.of(TEN)));

  @Test
  void of_a_capture_whose_amounts_contradict_each_other_the_least_may_be_refunded() {
    Payment less = sold.observing(capture("ca_1", MovementStep.DONE, "8.00"));
    Payment more = sold.observing(capture("ca_1", MovementStep.DONE, "12.00"));

    assertThat(of(less).refundableByCapture()).containsExactly(entry("ca_1", eur("8.00")));
    assertThat(of(less).refundable()).isEqualTo(eur("8.00"));
    assertThat(of(more).refundableByCapture()).containsExactly(entry("ca_1", TEN));
    assertThat(of(more).refundable()).isEqualTo(TEN);
  }

  @Test
  void a_refund_whose_amounts_contradict_each_other_counts_as_the_most() {
    PaymentFacts two = refund("re_1", MovementStep.OPEN, "2.00");
    PaymentFacts three = refund("re_1", MovementStep.OPEN, "3.00");

    assertThat(of(sold.observing(two.join(three))).refundable()).isEqualTo(eur("7.00"));
    assertThat(of(sold.observing(three.join(two))).refundableByCapture())
        .containsExactly(entry("ca_1", eur("7.00")));
  }

  @Test
  void a_refund_of_ours_counts_as_no_less_than_we_asked_for_and_as_more_if_it_is_more() {
    Payment asked = sold.with(operation(OperationKind.REFUND, "re", "ca_1", eur("6.00")));
    Movement seen = REFUNDED.outOf("ca_1").causedBy("re");

    Payment less = asked.observing(movement("re_1", seen.with(eur("5.00"))));
    assertThat(of(less).refundable()).isEqualTo(eur("4.00"));
    assertThat(of(less).refundableByCapture()).containsExactly(entry("ca_1", eur("4.00")));
    Payment more = asked.observing(movement("re_1", seen.with(eur("7.00"))));
    assertThat(of(more).refundable()).isEqualTo(eur("3.00"));
    assertThat(of(more).refundableByCapture()).containsExactly(entry("ca_1", eur("3.00")));
  }

  @Test
  void a_providers_total_of_refunds_counts_where_it_knows_of_more_than_the_movements() {
    PaymentFacts total =
        Snapshot.builder().total(MovementKind.REFUND, "ch_1", eur("7.00")).build().facts();
    Payment some = sold.observing(total).observing(refund("re_1", MovementStep.DONE, "2.00"));

    assertThat(of(some).refundable()).isEqualTo(eur("3.00"));
  }

  @Test
  void a_capture_that_names_no_hold_may_be_of_any() {
    Movement unnamed = Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(eur("4.00"));
    Payment two =
        held.observing(hold("au_2", Authorization.of(eur("5.00"))))
            .observing(movement("ca_1", unnamed))
            .observing(capture("ca_2", MovementStep.DONE, "1.00"));

    assertThat(of(two).capturableByAuthorization())
        .containsExactly(entry("au_1", eur("5.00")), entry("au_2", eur("1.00")));
  }

  @Test
  void a_capture_of_ours_counts_as_no_less_than_we_asked_for() {
    Payment asked = held.with(operation(OperationKind.CAPTURE, "ca", "au_1", eur("6.00")));
    Movement seen =
        Movement.of(MovementKind.CAPTURE, MovementStep.OPEN).outOf("au_1").causedBy("ca");

    assertThat(
            of(asked.observing(movement("ca_1", seen.with(eur("5.00")))))
                .capturableByAuthorization())
        .containsExactly(entry("au_1", eur("4.00")));
  }

  @Test
  void money_that_a_dispute_takes_or_is_about_to_is_taken_off_until_it_gives_it_back() {
    Payment charged = started().observing(movement("ca_1", captured("10.00")));
    Movement taken = Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE);
    Movement given = Movement.of(MovementKind.DISPUTE_REINSTATEMENT, MovementStep.DONE);

    Payment asked =
        charged.observing(
            movement(
                "wd_1",
                Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.OPEN)
                    .with(eur("3.00"))
                    .ofCharge("ch_1")));
    assertThat(of(asked).refundableByCapture()).containsExactly(entry("ca_1", eur("7.00")));
    Payment lost = charged.observing(movement("wd_1", taken.with(eur("3.00")).ofCharge("ch_1")));
    assertThat(of(lost).refundableByCapture()).containsExactly(entry("ca_1", eur("7.00")));
    Payment won = lost.observing(movement("rs_1", given.with(eur("4.00")).ofCharge("ch_1")));
    assertThat(of(won).refundableByCapture())
        .as("more came back than was taken, which is no more to refund")
        .containsExactly(entry("ca_1", TEN));
  }

  private static Movement captured(String amount) {
    return Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(eur(amount)).ofCharge("ch_1");
  }

  private static Funds of(Payment payment) {
    return Funds.of(payment, CurrencyUnit.EUR);
  }
}
