package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Moment;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.paypal.FaultyDoor.Fault;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody put in another account's credentials. PayPal says of our orders that they do not exist,
 * just as of orders that ran out; nothing that was paid may come to be called failed.
 */
class PayPalWrongAccountTest {
  private static final Agreement AGREED =
      new Agreement(
          Agreement.Use.RECURRING, "Gold, each month", Instant.parse("2026-03-01T11:59:00Z"));
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

  /** PayPal says of any wallet that it does not keep that it is removed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_wallet_is_not_said_to_be_removed(boolean storedByPaying) {
    StoredMethod wallet = storedByPaying ? storedByPaying() : stored();

    shop.reopened(Shop.OTHER.settings());
    shop.gatehouse.removeStoredMethod(
        new RemoveStoredMethod(Shop.ADA, Shop.PAYPAL, wallet.method()));
    shop.pass(LONG, 60);

    assertThat(shop.door.sent()).noneMatch(request -> request.uri().getPath().contains("/vault/"));
    assertThat(shop.paypal.ledger().kept()).noneMatch(PayPalLedger.Kept::removed);
    Operation left = removal();
    assertThat(left.leftToPerson()).isTrue();
    assertThat(left.failure().orElseThrow().code()).isEqualTo("paypal.other-account");
    assertThat(left.failure().orElseThrow().message())
        .contains("'client-id'", "'paypal'")
        .doesNotContain(Shop.OTHER.clientId(), shop.app.clientId());
  }

  /** The removal, by the id that the customer's timeline says. */
  private Operation removal() {
    return shop.gatehouse.operations().timeline(Shop.ADA).stream()
        .map(Moment::about)
        .filter(id -> id.startsWith("rem_"))
        .findFirst()
        .map(id -> shop.gatehouse.payment(new PaymentId(id)).operations().get(0))
        .orElseThrow();
  }

  private StoredMethod storedByPaying() {
    CheckoutView checkout =
        shop.gatehouse.pay(shop.sale(shop.start("USD 10.00")).storingMethod(AGREED));
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.gatehouse.customerReturned(checkout.id());
    return shop.gatehouse.storedMethods(Shop.ADA).first();
  }

  private StoredMethod stored() {
    Payment asked =
        shop.gatehouse.storeMethod(
            new StoreMethod(Shop.ADA, "store-1", Shop.PAYPAL, Bench.PAYPAL, AGREED)
                .returningTo(URI.create("https://shop.test/return")));
    shop.paypal.controls().approveSetUp(shop.paypal.ledger().setUps().get(0).id());
    shop.gatehouse.customerReturned(asked.id());
    return shop.gatehouse.storedMethods(Shop.ADA).first();
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
