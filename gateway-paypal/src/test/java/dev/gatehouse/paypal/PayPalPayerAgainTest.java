package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.testkit.paypal.Funding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders whose payer is wanted once more, through the whole house. */
class PayPalPayerAgainTest {
  private static final String CAPTURE = "POST /v2/checkout/orders/{id}/capture";

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Funding.class,
      names = {"DECLINED", "NEEDS_PAYER"})
  void a_payer_whose_instrument_was_declined_goes_back_to_the_same_order_and_pays_it_once(
      Funding funding) {
    CheckoutView checkout = declined(funding);
    String order = shop.order(checkout).order();
    assertThat(checkout).awaitsCustomer();
    assertThat(Shop.redirect(checkout))
        .hasToString("https://www.sandbox.paypal.com/checkoutnow?token=" + order);
    assertThat(shop.order(checkout).captured().isZero()).isTrue();

    shop.clock.advance(Duration.ofMinutes(1));
    shop.paypal.controls().approve(order);
    CheckoutView paid = shop.gatehouse.customerReturned(checkout.id());

    assertThat(paid).isCompleted();
    assertThat(shop.payment(paid)).isPaid().isSound();
    assertThat(shop.orders(paid)).hasSize(1);
    assertThat(shop.order(paid).captures()).hasSize(1);
    assertThat(shop.paypal.ledger().requests(CAPTURE)).isEqualTo(2);
  }

  @Test
  void nothing_is_captured_again_on_the_approval_from_before() {
    CheckoutView checkout = declined(Funding.DECLINED);

    shop.gatehouse.customerReturned(checkout.id());
    shop.deliverWebhooks().pass(Duration.ofHours(1), 30);

    assertThat(shop.view(checkout)).awaitsCustomer();
    assertThat(shop.paypal.ledger().requests(CAPTURE)).isEqualTo(1);
  }

  /** The time of an answer has no fractions, and the order's may have some. */
  @Test
  void an_approval_in_the_very_second_of_the_decline_is_the_one_from_before() {
    CheckoutView checkout = declined(Funding.DECLINED);
    shop.door.answer(
        "GET /v2/checkout/orders",
        200,
        "application/json",
        ("{\"id\":\"%s\",\"status\":\"APPROVED\",\"update_time\":\"2026-03-01T12:00:00.750Z\","
                + "\"purchase_units\":[{\"custom_id\":\"%s\",\"amount\":"
                + "{\"currency_code\":\"USD\",\"value\":\"10.00\"}}]}")
            .formatted(shop.order(checkout).order(), shop.payment(checkout).id().value()));

    shop.gatehouse.customerReturned(checkout.id());

    assertThat(shop.view(checkout)).awaitsCustomer();
    assertThat(shop.paypal.ledger().requests(CAPTURE)).isEqualTo(1);
  }

  @Test
  void a_second_approval_is_captured_though_the_payer_never_returns() {
    CheckoutView checkout = declined(Funding.DECLINED);
    shop.clock.advance(Duration.ofMinutes(1));
    shop.paypal.controls().approve(shop.order(checkout).order());

    shop.deliverWebhooks().work();

    assertThat(shop.view(checkout)).isCompleted();
  }

  @Test
  void a_payer_may_be_wanted_several_times_and_every_decline_is_told_with_its_code() {
    CheckoutView checkout = declined(Funding.DECLINED);
    String order = shop.order(checkout).order();
    shop.clock.advance(Duration.ofMinutes(1));
    shop.paypal.controls().approve(order, Funding.NEEDS_PAYER);
    assertThat(shop.gatehouse.customerReturned(checkout.id())).awaitsCustomer();
    shop.clock.advance(Duration.ofMinutes(1));
    shop.paypal.controls().approve(order);

    assertThat(shop.gatehouse.customerReturned(checkout.id())).isCompleted();

    List<Attempt> attempts = List.copyOf(shop.payment(checkout).facts().attempts().values());
    assertThat(attempts).hasSize(3);
    assertThat(attempts.get(0).failure().orElseThrow().code())
        .isEqualTo(DeclineCode.GENERIC_DECLINE);
    assertThat(attempts.get(1).failure().orElseThrow().code())
        .isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
    assertThat(attempts.get(2).step().isAt(AttemptStep.SUCCEEDED)).isTrue();
    assertThat(shop.payment(checkout)).isPaid().isSound();
  }

  @Test
  void a_payer_who_is_wanted_and_does_not_come_leaves_a_payment_that_fails_after_a_week() {
    CheckoutView checkout = declined(Funding.NEEDS_PAYER);

    shop.pass(Duration.ofDays(8), 100);

    assertThat(shop.payment(checkout)).isIn(PaymentState.FAILED);
    assertThat(shop.order(checkout).captured().isZero()).isTrue();
  }

  /** PayPal's description asks for no update_time of an order. */
  @Test
  void an_approval_after_a_decline_counts_though_the_order_shows_no_time() {
    shop.paypal.controls().ordersShowNoUpdates();
    CheckoutView checkout = declined(Funding.DECLINED);
    shop.clock.advance(Duration.ofMinutes(5));
    shop.paypal.controls().approve(shop.order(checkout).order());

    CheckoutView paid = shop.gatehouse.customerReturned(checkout.id());

    assertThat(paid).isCompleted();
    assertThat(shop.order(paid).captures()).hasSize(1);
    assertThat(shop.payment(paid)).isPaid().isSound();
  }

  @Test
  void a_payer_who_is_back_within_the_minute_has_hardly_been_away() {
    shop.paypal.controls().ordersShowNoUpdates();
    CheckoutView checkout = declined(Funding.DECLINED);

    shop.clock.advance(Duration.ofSeconds(59));
    assertThat(shop.gatehouse.customerReturned(checkout.id())).awaitsCustomer();
    assertThat(shop.paypal.ledger().requests(CAPTURE)).isEqualTo(1);
    shop.clock.advance(Duration.ofSeconds(1));
    shop.gatehouse.customerReturned(checkout.id());

    assertThat(shop.paypal.ledger().requests(CAPTURE)).isEqualTo(2);
  }

  /** Whether the payer approved once more can't be told then: networks punish who tries on. */
  @Test
  void what_shows_no_time_is_tried_three_times_at_growing_distances_and_not_again() {
    shop.paypal.controls().ordersShowNoUpdates();
    CheckoutView checkout = declined(Funding.DECLINED);
    int[] tries = new int[4];
    for (int minute = 1; minute <= 170; minute++) {
      shop.clock.advance(Duration.ofMinutes(1));
      shop.gatehouse.customerReturned(checkout.id());
      int before = shop.paypal.ledger().requests(CAPTURE) - 1;
      tries[before] = tries[before] == 0 ? minute : tries[before];
    }

    assertThat(tries).containsExactly(0, 1, 11, 71);
    shop.pass(Duration.ofDays(8), 100);
    assertThat(shop.payment(checkout)).isIn(PaymentState.FAILED);
    assertThat(shop.paypal.ledger().requests(CAPTURE)).isEqualTo(4);
  }

  private CheckoutView declined(Funding funding) {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order(), funding);
    return shop.gatehouse.customerReturned(checkout.id());
  }
}
