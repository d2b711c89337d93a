package dev.gatehouse.paypal;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.paypal.FaultyDoor.Fault;
import dev.gatehouse.testkit.paypal.Funding;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import java.time.Duration;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole engine on the gateway: whatever gets lost, the customer is charged once. */
class PayPalRecoveryTest {
  private static final String CREATE = "POST /v2/checkout/orders";
  private static final Duration SOON = Duration.ofMinutes(10);

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_sale_goes_from_order_over_approval_to_money() {
    CheckoutView checkout = shop.pay("USD 10.00");
    assertThat(checkout).awaitsCustomer();

    shop.paypal.controls().approve(shop.order(checkout).order());
    assertThat(shop.gatehouse.customerReturned(checkout.id())).isCompleted();

    assertThat(shop.payment(checkout)).isCaptured().isPaid().isSound();
    assertThat(shop.orders(checkout)).hasSize(1);
    assertThat(shop.order(checkout).captures()).hasSize(1);
    assertThat(requests(CREATE)).isEqualTo(1);
    assertThat(requests("POST /v2/checkout/orders/{id}/capture")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void an_order_whose_making_got_lost_is_made_once_by_sending_its_key_again(Fault fault) {
    shop.door.next(CREATE, fault);
    CheckoutView checkout = shop.pay("USD 10.00");

    shop.pass(SOON, 20);

    assertThat(shop.view(checkout)).awaitsCustomer();
    assertThat(shop.orders(checkout)).hasSize(1);
    assertThat(shop.door.sent("POST /v2/checkout/orders")).hasSize(2);
    completeAndCheck(checkout);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_capture_whose_answer_got_lost_is_found_again_and_made_once(Fault fault) {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.door.next("/capture", fault);
    shop.gatehouse.customerReturned(checkout.id());
    shop.paypal.takeWebhooks();

    shop.pass(SOON, 20);

    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.order(checkout).captures()).hasSize(1);
    boolean arrived = fault == Fault.LOST_RESPONSE || fault == Fault.HALF_RESPONSE;
    // What arrived is found by looking; what did not is sent again under its key.
    assertThat(shop.door.sent("/capture")).hasSize(arrived ? 1 : 2);
    assertThat(requests("POST /v2/checkout/orders/{id}/capture")).isEqualTo(1);
    assertThat(shop.payment(checkout)).isPaid().isSound();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_capture_of_a_hold_whose_answer_got_lost_is_made_once(Fault fault) {
    CheckoutView checkout = held();
    shop.door.next("/capture", fault);
    shop.capture(shop.payment(checkout), "USD 4.00", false);

    shop.pass(SOON, 20);

    assertThat(shop.payment(checkout)).isPartlyCaptured().hasCaptured(Money.parse("USD 4.00"));
    assertThat(shop.order(checkout).captures()).hasSize(1);
    assertThat(requests("POST /v2/payments/authorizations/{id}/capture")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_refund_whose_answer_got_lost_is_made_once(Fault fault) {
    CheckoutView checkout = paid("USD 10.00");
    shop.door.next("/refund", fault);
    shop.refund(shop.payment(checkout), "USD 4.00");

    shop.pass(SOON, 20);

    assertThat(shop.payment(checkout)).isPartlyRefunded().hasRefunded(Money.parse("USD 4.00"));
    assertThat(shop.order(checkout).refunds()).hasSize(1);
    assertThat(requests("POST /v2/payments/captures/{id}/refund")).isEqualTo(1);
  }

  @Test
  void two_equal_refunds_of_which_one_answer_got_lost_are_two() {
    CheckoutView checkout = paid("USD 10.00");
    shop.door.next("/refund", Fault.LOST_RESPONSE);
    shop.refund(shop.payment(checkout), "USD 3.00");
    shop.refund(shop.payment(checkout), "USD 3.00");

    shop.pass(SOON, 20);

    assertThat(shop.payment(checkout)).hasRefunded(Money.parse("USD 6.00"));
    assertThat(shop.order(checkout).refunds()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_release_whose_answer_got_lost_is_made_once(Fault fault) {
    CheckoutView checkout = held();
    shop.door.next("/void", fault);
    shop.release(shop.payment(checkout));

    shop.pass(SOON, 20);

    assertThat(shop.payment(checkout)).isVoided();
    assertThat(requests("POST /v2/payments/authorizations/{id}/void")).isEqualTo(1);
  }

  @Test
  void a_payer_who_approves_and_never_returns_is_charged_all_the_same() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());

    shop.deliverWebhooks();

    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.order(checkout).captures()).hasSize(1);
  }

  @Test
  void even_if_no_webhook_ever_comes() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.paypal.takeWebhooks();

    shop.pass(Duration.ofHours(1), 60);

    assertThat(shop.view(checkout)).isCompleted();
    assertThat(shop.order(checkout).captures()).hasSize(1);
  }

  @Test
  void a_payer_who_never_approves_costs_nobody_anything() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().cancel(shop.order(checkout).order());

    shop.pass(Duration.ofDays(2), 200);

    assertThat(shop.view(checkout)).isExpired();
    assertThat(shop.order(checkout).gone()).isTrue();
    assertThat(shop.order(checkout).captures()).isEmpty();
  }

  @Test
  void an_approval_that_ran_out_is_a_failed_payment_and_the_customer_may_try_again() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order(), Funding.REFUSED);
    shop.gatehouse.customerReturned(checkout.id());
    assertThat(shop.view(checkout)).isFailed();

    shop.gatehouse.pay(shop.sale(checkout));
    completeAndCheck(checkout);
  }

  @Test
  void a_pending_cheque_pays_when_it_clears_and_fails_when_it_bounces() {
    CheckoutView good = cheque();
    CheckoutView bad = cheque();
    assertThat(shop.view(good)).isPending();

    shop.paypal.controls().clear(shop.order(good).captures().get(0).id());
    shop.paypal.controls().deny(shop.order(bad).captures().get(0).id());
    shop.deliverWebhooks();

    assertThat(shop.view(good)).isCompleted();
    assertThat(shop.view(bad)).isFailed();
  }

  private CheckoutView cheque() {
    CheckoutView checkout = shop.pay("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order(), Funding.ECHECK);
    return shop.deliverWebhooks().view(checkout);
  }

  @Test
  void a_refund_that_comes_back_is_undone() {
    CheckoutView checkout = paid("USD 10.00");
    shop.refund(shop.payment(checkout), "USD 10.00");
    assertThat(shop.payment(checkout)).isRefunded();

    shop.paypal.controls().settleRefund(shop.order(checkout).refunds().get(0).id(), false);
    shop.deliverWebhooks();

    assertThat(shop.payment(checkout)).hasRefunded(Money.parse("USD 0.00"));
  }

  @Test
  void what_people_do_at_paypals_site_is_seen() {
    CheckoutView checkout = paid("USD 10.00");
    String capture = shop.order(checkout).captures().get(0).id();
    shop.paypal.controls().refundAtSite(capture, Money.parse("USD 1.00"));
    shop.paypal.controls().reverse(capture);

    shop.deliverWebhooks();

    assertThat(shop.payment(checkout)).isRefunded().isSound();
    assertThat(shop.payment(checkout).operations()).hasSize(2);
  }

  @Test
  void what_no_webhook_told_is_found_by_the_list_of_events() {
    CheckoutView checkout = paid("USD 10.00");
    var since = shop.clock.instant();
    shop.clock.advance(Duration.ofMinutes(1));
    String capture = shop.order(checkout).captures().get(0).id();
    shop.paypal.controls().refundAtSite(capture, Money.parse("USD 1.00"));
    shop.paypal.takeWebhooks();

    shop.gatehouse.reconcile(Shop.PAYPAL, since);

    assertThat(shop.payment(checkout)).isPartlyRefunded();
  }

  @Test
  void a_hold_that_runs_out_is_over() {
    CheckoutView checkout = held();

    shop.clock.advance(Duration.ofDays(29));
    shop.paypal.ledger();
    shop.deliverWebhooks();

    assertThat(shop.payment(checkout)).isVoided();
  }

  private CheckoutView held() {
    CheckoutView checkout = shop.hold("USD 10.00");
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.gatehouse.customerReturned(checkout.id());
    assertThat(shop.payment(checkout)).isAuthorized();
    return checkout;
  }

  private CheckoutView paid(String money) {
    CheckoutView checkout = shop.pay(money);
    completeAndCheck(checkout);
    return checkout;
  }

  private void completeAndCheck(CheckoutView checkout) {
    shop.paypal.controls().approve(shop.order(checkout).order());
    shop.gatehouse.customerReturned(checkout.id());
    Payment payment = shop.payment(checkout);
    assertThat(shop.view(checkout)).isCompleted();
    assertThat(payment).isCaptured().isPaid().isSound();
    assertThat(shop.order(checkout).captures()).hasSize(1);
  }

  private int requests(String endpoint) {
    PayPalLedger ledger = shop.paypal.ledger();
    return ledger.requests(endpoint);
  }
}
