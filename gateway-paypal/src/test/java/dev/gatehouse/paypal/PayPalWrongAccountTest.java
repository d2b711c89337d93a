package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.paypal.FaultyDoor.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody put in another account's credentials. PayPal says of our orders that they do not exist,
 * just as of orders that ran out; nothing that was paid may come to be called failed.
 */
class PayPalWrongAccountTest {
  private static final Duration SOON = Duration.ofHours(2);
  private static final Duration LONG = Duration.ofDays(10);

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_capture_whose_answer_got_lost_stays_in_doubt_until_the_right_account_shows_it() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.door.next("/capture", Fault.LOST_RESPONSE);
    shop.gatehouse.customerReturned(checkout.id());
    assertThat(shop.order(checkout).captures()).hasSize(1);

    shop.reopened(Shop.OTHER.settings()).pass(SOON, 60).pass(LONG, 60);
    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.PENDING);
    assertThat(shop.door.sent("GET /v2/checkout/orders/")).isNotEmpty();
    assertThat(shop.payment(checkout).operations()).last().matches(Operation::leftToPerson);

    shop.reopened(shop.app.settings()).pass(LONG, 60);
    assertThat(shop.payment(checkout)).isSound();
    assertThat(shop.payment(checkout).facts().movements()).isNotEmpty();
    assertThat(shop.order(checkout).captures()).hasSize(1);
  }

  @Test
  void a_paid_payment_stays_paid() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.gatehouse.customerReturned(checkout.id());

    shop.reopened(Shop.OTHER.settings()).deliverWebhooks().pass(LONG, 60);

    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.payment(checkout)).isCaptured().isPaid().isSound();
  }

  @Test
  void an_approval_is_waited_for_and_completed_with_the_right_credentials() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.reopened(Shop.OTHER.settings());
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.pass(SOON, 60);
    assertThat(shop.door.sent("GET /v2/checkout/orders/")).isNotEmpty();
    assertThat(shop.view(checkout)).awaitsCustomer();

    shop.reopened(shop.app.settings());
    shop.gatehouse.customerReturned(checkout.id());

    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.order(checkout).captures()).hasSize(1);
  }

  @Test
  void an_order_that_nobody_completed_has_failed_once_none_would_live_so_long() {
    CheckoutView checkout = shop.pay("USD 10.00");

    shop.pass(Duration.ofDays(6), 60);
    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.ACTION_REQUIRED);
    shop.pass(Duration.ofDays(3), 30);

    assertThat(shop.payment(checkout).state()).isEqualTo(PaymentState.FAILED);
    assertThat(shop.view(checkout)).isExpired();
  }
}
