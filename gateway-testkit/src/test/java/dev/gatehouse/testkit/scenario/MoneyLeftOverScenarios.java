package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.engine.EnginePolicy.Excess;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.event.CheckoutCancelled;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CheckoutExpired;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.time.Duration;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Checkouts that end, and money that should not be with us: numbers 31–33. */
public abstract class MoneyLeftOverScenarios extends StoreScenario {
  private static final Money NOTHING = Money.parse("EUR 0.00");

  protected MoneyLeftOverScenarios(SimulatedStore.Factory place) {
    super(place);
  }

  @Test
  void f31_of_two_attempts_that_are_both_paid_one_is_kept_and_the_other_refunded() {
    CheckoutView checkout = bothPaid();

    assertThat(shop.view(checkout)).isPaidBy(second(checkout).id());
    assertThat(first(checkout)).isRefunded();
    assertThat(second(checkout)).isCaptured();
    assertThat(shop.charge(first(checkout)).kept()).isEqualTo(NOTHING);
    assertThat(shop.charge(second(checkout)).kept()).isEqualTo(Shop.TEN);
    assertThatEvents(shop.events())
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(PaymentRefunded.class)
        .containsOnce(MembershipStatusChanged.class)
        .containsOnce(
            Overpaid.class,
            event -> {
              assertThat(event.excess()).isEqualTo(Shop.TEN);
              assertThat(event.payment()).isEqualTo(first(checkout).id());
            });
  }

  @Test
  void f31_the_excess_is_left_to_a_person_if_policy_says_so() {
    shop.with(
        EnginePolicy.defaults().toBuilder()
            .excess(Excess.TELL_A_PERSON)
            .late(Excess.REFUND)
            .build());

    CheckoutView checkout = bothPaid();

    assertThat(first(checkout)).isCaptured();
    assertThat(second(checkout)).isCaptured();
    assertThatEvents(shop.events())
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(Overpaid.class)
        .containsNo(PaymentRefunded.class);
  }

  @Test
  void f31_the_refund_of_an_excess_whose_response_is_lost_is_made_once() {
    CheckoutView checkout = shop.pay(shop.startGold(Shop.ANN), TestToken.ACTION_AUTO);
    shop.pay(checkout, TestToken.APPROVE);
    shop.controls().approve(shop.charge(first(checkout)).id());
    shop.door.losesTheResponse();

    shop.deliverWebhooks().passMinutes(5);

    assertThat(first(checkout)).isRefunded();
    assertThat(shop.charge(first(checkout)).refunds()).hasSize(1);
  }

  @Test
  void f31_a_refund_of_an_excess_that_fails_ends_in_a_persons_hands() {
    CheckoutView checkout = shop.pay(shop.startGold(Shop.ANN), TestToken.PENDING);
    Payment late = shop.payment(checkout);
    shop.house().cancelCheckout(checkout.id());
    shop.controls().settle(shop.charge(late).id());
    shop.deliverWebhooks();
    shop.controls().undoRefund(shop.charge(late).refunds().get(0).id());

    shop.deliverWebhooks().passMinutes(5);

    assertThat(shop.payment(late.id())).isCaptured();
    assertThat(shop.charge(late).refunds()).as("no second try behind a person's back").hasSize(1);
    assertThatEvents(shop.events()).containsOnce(LateMoney.class);
  }

  @Test
  void f32_a_checkout_that_nobody_paid_expires_on_time() {
    CheckoutView checkout = shop.startGold(Shop.ANN);

    shop.pass(Duration.ofHours(24).minusSeconds(1), 10);
    assertThat(shop.view(checkout)).isOpen();
    shop.pass(Duration.ofSeconds(1), 1);

    assertThat(shop.view(checkout)).isExpired().hasMembership(MembershipState.CANCELLED);
    assertThatEvents(shop.events())
        .containsOnce(CheckoutExpired.class)
        .containsOnce(MembershipStatusChanged.class);
    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE))
        .isInstanceOf(InvalidStateException.class);
  }

  @Test
  void f32_a_checkout_whose_time_is_over_takes_no_payment_even_before_its_alarm() {
    CheckoutView checkout = shop.start10();
    shop.clock.advance(Duration.ofDays(2));

    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE))
        .isInstanceOf(InvalidStateException.class);

    assertThat(shop.ledger().requests()).isZero();
  }

  @Test
  void f32_money_that_comes_after_the_checkout_expired_is_seen_named_and_refunded() {
    Shop quick = shop;
    CheckoutView checkout =
        quick
            .house()
            .startCheckout(
                new dev.gatehouse.command.StartCheckout(
                    Shop.ANN,
                    "k",
                    java.util.Optional.of(Shop.GOLD),
                    java.util.List.of(),
                    java.util.Optional.empty(),
                    java.util.Optional.of(Duration.ofMinutes(10))));
    shop.pay(checkout, TestToken.ACTION_AUTO);
    shop.passMinutes(11);
    assertThat(shop.view(checkout)).isExpired();

    shop.controls().approve(shop.charge(shop.payment(checkout)).id());
    shop.deliverWebhooks().passMinutes(2);

    assertRefundedAsLate(checkout);
    assertThat(shop.view(checkout)).isExpired().hasMembership(MembershipState.CANCELLED);
  }

  @Test
  void f32_money_that_comes_after_the_checkout_was_cancelled_is_seen_named_and_refunded() {
    CheckoutView checkout = shop.pay(shop.startGold(Shop.ANN), TestToken.PENDING);
    assertThat(shop.house().cancelCheckout(checkout.id())).isCancelled();

    shop.passMinutes(10);

    assertRefundedAsLate(checkout);
    assertThat(shop.view(checkout)).isCancelled();
  }

  @Test
  void f32_late_money_is_left_to_a_person_if_policy_says_so() {
    shop.with(
        EnginePolicy.defaults().toBuilder()
            .excess(Excess.REFUND)
            .late(Excess.TELL_A_PERSON)
            .build());
    CheckoutView checkout = shop.pay(shop.startGold(Shop.ANN), TestToken.PENDING);
    shop.house().cancelCheckout(checkout.id());

    shop.passMinutes(10);

    assertThat(shop.payment(checkout)).isCaptured();
    assertThatEvents(shop.events())
        .containsOnce(LateMoney.class)
        .containsNo(PaymentRefunded.class)
        .containsNo(CheckoutCompleted.class);
  }

  @Test
  void f32_an_approval_after_the_checkout_was_cancelled_is_not_completed_by_us() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.ACTION);
    shop.house().cancelCheckout(checkout.id());
    shop.controls().approve(shop.charge(shop.payment(checkout)).id());

    shop.deliverWebhooks().passMinutes(40);

    assertThat(shop.ledger().requests("POST", "/v1/charges/{id}/complete")).isZero();
    assertThat(shop.charge(shop.payment(checkout)).captured()).isEqualTo(NOTHING);
    assertThatEvents(shop.events()).containsNo(LateMoney.class);
  }

  @Test
  void f32_money_held_for_a_cancelled_checkout_is_released() {
    CheckoutView checkout = shop.hold(shop.start10(), TestToken.APPROVE);

    shop.house().cancelCheckout(checkout.id());

    assertThat(shop.payment(checkout)).isVoided();
    assertThat(shop.charge(shop.payment(checkout)).authorization().orElseThrow().status())
        .isEqualTo("voided");
  }

  @Test
  void f33_a_cancellation_that_overtakes_the_response_wins_and_the_money_goes_back() {
    CheckoutView checkout = shop.startGold(Shop.ANN);
    shop.door.beforeTheAnswer(() -> shop.house().cancelCheckout(checkout.id()));

    CheckoutView after = shop.pay(checkout, TestToken.APPROVE);

    assertThat(after).isCancelled().hasMembership(MembershipState.CANCELLED);
    shop.passMinutes(1);
    assertRefundedAsLate(checkout);
    assertThatEvents(shop.events()).containsOnce(CheckoutCancelled.class);
  }

  @Test
  void f33_a_cancellation_that_comes_second_is_refused() {
    CheckoutView checkout = shop.paid10();

    assertThatThrownBy(() -> shop.house().cancelCheckout(checkout.id()))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("refund the payment instead");
    assertThat(shop.view(checkout)).isCompleted();
    assertThatEvents(shop.events()).containsNo(CheckoutCancelled.class);
  }

  @Test
  void f33_a_cancellation_while_the_outcome_is_in_doubt_ends_with_the_money_back() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();
    shop.pay(checkout, TestToken.APPROVE);

    shop.house().cancelCheckout(checkout.id());
    shop.passMinutes(5);

    assertRefundedAsLate(checkout);
  }

  @Test
  void f33_a_cancelled_checkout_whose_charge_never_arrived_is_not_charged_later() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheRequest();
    shop.pay(checkout, TestToken.APPROVE);

    shop.house().cancelCheckout(checkout.id());
    shop.passMinutes(10);

    assertThat(shop.ledger().charges()).isEmpty();
    assertThat(shop.payment(checkout)).isFailed();
    assertThatEvents(shop.events()).containsNo(OperationLeftToPerson.class);
  }

  @Test
  void cancelling_twice_is_cancelling_once() {
    CheckoutView checkout = shop.startGold(Shop.ANN);

    shop.house().cancelCheckout(checkout.id());
    assertThat(shop.house().cancelCheckout(checkout.id())).isCancelled();

    assertThatEvents(shop.events())
        .containsOnce(CheckoutCancelled.class)
        .containsOnce(MembershipStatusChanged.class);
  }

  @Test
  void a_second_hold_for_a_checkout_that_is_paid_is_released() {
    CheckoutView checkout = shop.startGold(Shop.ANN);
    shop.house().pay(shop.sale(checkout, TestToken.ACTION_AUTO).holdOnly());
    shop.pay(checkout, TestToken.APPROVE);
    shop.controls().approve(shop.charge(first(checkout)).id());

    shop.deliverWebhooks();

    assertThat(first(checkout)).isVoided();
    assertThat(shop.view(checkout)).isPaidBy(second(checkout).id());
    assertThatEvents(shop.events()).containsNo(Overpaid.class);
  }

  private CheckoutView bothPaid() {
    CheckoutView checkout = shop.pay(shop.startGold(Shop.ANN), TestToken.ACTION_AUTO);
    assertThat(shop.pay(checkout, TestToken.APPROVE)).isCompleted();
    shop.controls().approve(shop.charge(first(checkout)).id());
    shop.deliverWebhooks().passMinutes(2);
    return checkout;
  }

  private void assertRefundedAsLate(CheckoutView checkout) {
    Payment payment = shop.payment(checkout);
    assertThat(payment).withTimeline(shop.events()).isRefunded();
    assertThat(shop.charge(payment).kept()).isEqualTo(NOTHING);
    assertThat(shop.charge(payment).refunds()).hasSize(1);
    assertThatEvents(shop.events())
        .containsOnce(LateMoney.class, event -> assertThat(event.amount()).isEqualTo(Shop.TEN))
        .containsOnce(PaymentRefunded.class)
        .containsNo(CheckoutCompleted.class);
  }

  private Payment first(CheckoutView checkout) {
    return shop.view(checkout).payments().get(0);
  }

  private Payment second(CheckoutView checkout) {
    return shop.view(checkout).payments().get(1);
  }
}
