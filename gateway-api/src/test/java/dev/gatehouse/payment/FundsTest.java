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
import static org.assertj.core.api.Assertions.entry;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.OperationKind;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class FundsTest {
  private static final Money NOTHING = eur("0.00");
  private final Payment sold = started().observing(capture("ca_1", MovementStep.DONE, "10.00"));
  private final Payment held = started().observing(hold("au_1", Authorization.of(TEN)));

  @Test
  void what_was_captured_may_be_refunded() {
    assertThat(of(sold).refundable()).isEqualTo(TEN);
    assertThat(of(sold).refundableByCapture()).containsExactly(entry("ca_1", TEN));
    assertThat(of(started()).refundable()).isEqualTo(NOTHING);
    assertThat(of(started()).refundableByCapture()).isEmpty();
    assertThat(of(started().observing(capture("ca_1", MovementStep.OPEN, "1.00"))).refundable())
        .isEqualTo(NOTHING);
  }

  @Test
  void refunds_made_and_under_way_are_taken_off_and_those_that_failed_are_not() {
    Payment some =
        sold.observing(refund("re_1", MovementStep.DONE, "2.00"))
            .observing(refund("re_2", MovementStep.OPEN, "3.00"))
            .observing(refund("re_3", MovementStep.NEVER, "4.00"))
            .observing(refund("re_4", MovementStep.UNDONE, "4.00"));

    assertThat(of(some).refundable()).isEqualTo(eur("5.00"));
    assertThat(of(some).refundableByCapture()).containsExactly(entry("ca_1", eur("5.00")));
    assertThat(of(some.observing(refund("re_5", MovementStep.DONE, "5.00"))).refundableByCapture())
        .isEmpty();
  }

  @Test
  void a_refund_of_ours_counts_from_the_moment_in_which_it_is_committed() {
    Operation refund = operation(OperationKind.REFUND, "re", "ca_1", eur("6.00"));
    Payment asked = sold.with(refund);

    assertThat(of(asked).refundable()).isEqualTo(eur("4.00"));
    assertThat(of(asked).refundableByCapture()).containsExactly(entry("ca_1", eur("4.00")));
    Payment none = asked.observing(sent("re", 1, SendStep.HAD_NONE));
    assertThat(of(none).refundable()).as("it may be sent again").isEqualTo(eur("4.00"));
    assertThat(of(none.with(refund.close())).refundable()).isEqualTo(TEN);
    assertThat(of(asked.with(refund.close())).refundable())
        .as("closed, but in doubt")
        .isEqualTo(eur("4.00"));
  }

  @Test
  void a_refund_of_ours_that_was_seen_counts_once() {
    Operation refund = operation(OperationKind.REFUND, "re", "ca_1", eur("6.00"));
    Movement seen =
        Movement.of(MovementKind.REFUND, MovementStep.DONE)
            .with(eur("6.00"))
            .outOf("ca_1")
            .causedBy("re");

    Payment refunded = sold.with(refund).observing(movement("re_1", seen));

    assertThat(of(refunded).refundable()).isEqualTo(eur("4.00"));
    assertThat(of(refunded).refundableByCapture()).containsExactly(entry("ca_1", eur("4.00")));
  }

  @Test
  void each_capture_has_its_own_limit() {
    Payment two =
        started()
            .observing(capture("ca_1", MovementStep.DONE, "4.00"))
            .observing(capture("ca_2", MovementStep.DONE, "6.00"))
            .observing(capture("ca_3", MovementStep.UNDONE, "1.00"))
            .with(operation(OperationKind.REFUND, "re", "ca_2", eur("5.00")))
            .observing(refund("re_9", MovementStep.DONE, "1.00"));

    assertThat(of(two).refundableByCapture())
        .containsExactly(entry("ca_1", eur("3.00")), entry("ca_2", eur("1.00")));
    assertThat(of(two).refundable()).isEqualTo(eur("4.00"));
  }

  @Test
  void what_a_dispute_took_is_taken_off_the_captures_of_its_charge_once() {
    Payment three =
        started()
            .observing(of("ch_1", "ca_1", MovementKind.CAPTURE, "2.00"))
            .observing(of("ch_1", "ca_2", MovementKind.CAPTURE, "5.00"))
            .observing(of("ch_2", "ca_3", MovementKind.CAPTURE, "3.00"));

    Payment some = three.observing(of("ch_1", "wd", MovementKind.DISPUTE_WITHDRAWAL, "3.00"));
    assertThat(of(some).refundableByCapture())
        .containsExactly(entry("ca_2", eur("4.00")), entry("ca_3", eur("3.00")));
    assertThat(of(some).refundable()).isEqualTo(eur("7.00"));

    Payment back = some.observing(of("ch_1", "rs", MovementKind.DISPUTE_REINSTATEMENT, "3.00"));
    assertThat(of(back).refundableByCapture()).containsOnlyKeys("ca_1", "ca_2", "ca_3");

    Payment second = three.observing(of("ch_1", "wd", MovementKind.DISPUTE_WITHDRAWAL, "5.00"));
    assertThat(of(second).refundableByCapture())
        .as("the one capture of that very amount")
        .containsExactly(entry("ca_1", eur("2.00")), entry("ca_3", eur("3.00")));

    Payment all = three.observing(of("ch_1", "wd", MovementKind.DISPUTE_WITHDRAWAL, "9.00"));
    assertThat(of(all).refundableByCapture()).containsExactly(entry("ca_3", eur("3.00")));
    assertThat(of(all).refundable()).isEqualTo(eur("1.00"));
  }

  @Test
  void a_refund_is_not_sent_again_if_its_capture_may_be_the_disputed_one() {
    Payment two =
        started()
            .observing(of("ch_1", "ca_1", MovementKind.CAPTURE, "2.00"))
            .observing(of("ch_1", "ca_2", MovementKind.CAPTURE, "5.00"));
    Operation refund = operation(OperationKind.REFUND, "re", "ca_1", eur("2.00"));
    Payment disputed =
        two.with(refund).observing(of("ch_1", "wd", MovementKind.DISPUTE_WITHDRAWAL, "1.00"));

    assertThat(of(two.with(refund)).cover(refund)).isTrue();
    assertThat(of(disputed).cover(refund)).isFalse();
  }

  private static PaymentFacts of(String charge, String id, MovementKind kind, String amount) {
    return movement(id, Movement.of(kind, MovementStep.DONE).with(eur(amount)).ofCharge(charge));
  }

  @Test
  void what_may_be_refunded_is_never_negative() {
    Payment disputed =
        sold.with(operation(OperationKind.REFUND, "re", "ca_1", eur("6.00")))
            .observing(
                movement(
                    "wd_1",
                    Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE)
                        .with(eur("7.00"))));

    assertThat(of(disputed).refundable()).isEqualTo(NOTHING);
  }

  @Test
  void what_is_held_may_be_captured_until_the_hold_ends() {
    assertThat(of(held).capturableByAuthorization()).containsExactly(entry("au_1", TEN));
    assertThat(
            of(held.observing(hold("au_1", Authorization.of(TEN).ended(AuthorizationEnd.VOIDED))))
                .capturableByAuthorization())
        .isEmpty();
    assertThat(of(started()).capturableByAuthorization()).isEmpty();
  }

  @Test
  void the_newest_terms_of_a_hold_count() {
    Register<Authorization.Terms> terms =
        Register.updatedAt(
            PaymentExample.NOW, new Authorization.Terms(eur("11.50"), Optional.empty()));

    assertThat(
            of(held.observing(hold("au_1", Authorization.of(TEN).with(terms))))
                .capturableByAuthorization())
        .containsExactly(entry("au_1", eur("11.50")));
  }

  @Test
  void captures_made_under_way_and_committed_are_taken_off() {
    Payment some =
        held.observing(capture("ca_1", MovementStep.DONE, "2.00"))
            .observing(capture("ca_2", MovementStep.OPEN, "3.00"))
            .observing(capture("ca_3", MovementStep.NEVER, "9.00"))
            .with(operation(OperationKind.CAPTURE, "ca", "au_1", eur("1.00")))
            .with(operation(OperationKind.CAPTURE, "cb", "au_2", eur("1.00")))
            .with(operation(OperationKind.REFUND, "re", "au_1", eur("1.00")));

    assertThat(of(some).capturableByAuthorization()).containsExactly(entry("au_1", eur("4.00")));
    assertThat(
            of(some.observing(capture("ca_4", MovementStep.DONE, "4.00")))
                .capturableByAuthorization())
        .isEmpty();
  }

  @Test
  void money_in_another_currency_is_not_counted() {
    Funds dollars = Funds.of(held.observing(capture("ca_1", MovementStep.DONE, "1.00")), usd());

    assertThat(dollars.refundable()).isEqualTo(Money.zero(usd()));
    assertThat(dollars.refundableByCapture()).isEmpty();
    assertThat(dollars.capturableByAuthorization()).isEmpty();
  }

  private static CurrencyUnit usd() {
    return CurrencyUnit.USD;
  }

  @Test
  void what_a_dispute_is_about_to_take_can_not_be_refunded_as_well() {
    Movement taking = withdrawal(MovementStep.OPEN).with(eur("4.00"));
    Payment disputed = sold.observing(movement("wd", taking));

    assertThat(of(disputed).refundable()).isEqualTo(eur("6.00"));
    Payment never = disputed.observing(movement("wd", withdrawal(MovementStep.NEVER)));
    assertThat(of(never).refundable()).isEqualTo(TEN);
  }

  @Test
  void money_known_by_a_running_total_alone_names_no_capture_to_refund() {
    PaymentFacts total =
        Snapshot.builder().total(MovementKind.CAPTURE, "ch_1", TEN).build().facts();

    assertThat(of(started().observing(total)).refundable()).isEqualTo(NOTHING);
    assertThat(of(sold.observing(total)).refundable()).isEqualTo(TEN);
  }

  @Test
  void funds_are_doubtful_while_nobody_can_say_how_much_goes_back() {
    Dispute open = Dispute.of(TEN, "ch_1");
    Dispute won = open.with(Register.updatedAt(PaymentExample.NOW, DisputeStatus.WON));
    Payment disputed = sold.observing(dispute(open));

    assertThat(of(sold).isDoubtful()).isFalse();
    assertThat(of(disputed).isDoubtful()).isTrue();
    assertThat(of(disputed.observing(dispute(won))).isDoubtful()).isFalse();
    assertThat(of(sold.observing(movement("wd", withdrawal(MovementStep.DONE)))).isDoubtful())
        .isTrue();
    assertThat(of(sold.observing(movement("wd", withdrawal(MovementStep.NEVER)))).isDoubtful())
        .isFalse();
    assertThat(of(sold.observing(refund("re", MovementStep.DONE, "1.00"))).isDoubtful()).isFalse();
  }

  @Test
  void a_capture_in_doubt_counts_for_the_hold_that_its_own_goes_on_in() {
    Operation capture = operation(OperationKind.CAPTURE, "ca", "au_1", eur("6.00"));
    Payment renewed =
        held.with(capture)
            .observing(hold("au_1", Authorization.of(TEN).supersededBy("au_2")))
            .observing(hold("au_2", Authorization.of(TEN).supersededBy("au_1")))
            .observing(hold("au_2", Authorization.of(TEN).supersededBy("au_3")))
            .observing(hold("au_3", Authorization.of(TEN)));

    assertThat(of(renewed).capturableByAuthorization()).containsExactly(entry("au_3", eur("4.00")));
  }

  private static Movement withdrawal(MovementStep step) {
    return Movement.of(MovementKind.DISPUTE_WITHDRAWAL, step).ofCharge("ch_1");
  }

  private static PaymentFacts dispute(Dispute seen) {
    return Snapshot.builder().dispute("dp_1", seen).build().facts();
  }

  private static Funds of(Payment payment) {
    return Funds.of(payment, CurrencyUnit.EUR);
  }
}
