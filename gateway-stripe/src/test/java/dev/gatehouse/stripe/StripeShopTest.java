package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.stripe.LossyDoor.Fault;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole engine over Stripe's SDK; the emulator's ledger says what really happened. */
class StripeShopTest {
  private static final GatewayInstanceId STRIPE = new GatewayInstanceId("stripe");
  private static final CustomerId ADA = new CustomerId("ada");
  private static final String INTENTS = "/v1/payment_intents";

  private final Bench bench = new Bench();
  private final Gatehouse gatehouse = bench.shop();

  @BeforeEach
  void register() {
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  @AfterEach
  void all_that_was_said_fits_the_description() {
    gatehouse.close();
    assertThat(bench.held.problems()).isEmpty();
  }

  private CheckoutView checkout() {
    List<Line> lines = List.of(Line.of("A book", 1, Bench.TEN));
    return gatehouse.startCheckout(StartCheckout.forLines(ADA, "order-1", lines));
  }

  private static Pay sale(CheckoutView checkout, StripeToken token) {
    return Pay.sale(
        checkout.id(), "order-1-try-1", STRIPE, new PaymentMethod.Token("card", token.id()));
  }

  private CheckoutView pay(StripeToken token) {
    return gatehouse.pay(sale(checkout(), token));
  }

  private Payment payment(CheckoutView checkout) {
    return gatehouse.payment(checkout.lastPayment().orElseThrow().id());
  }

  private String reference(CheckoutView checkout) {
    return payment(checkout).id().value();
  }

  private void passTime(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(5)) {
      bench.clock.advance(Duration.ofSeconds(5));
      gatehouse.runDueWork();
    }
  }

  private void deliver(List<PendingWebhook> webhooks) {
    for (PendingWebhook webhook : webhooks) {
      assertThat(gatehouse.webhook(STRIPE, webhook.toWebhookRequest()).status()).isEqualTo(200);
    }
  }

  @Test
  void a_response_lost_after_stripe_committed_ends_in_one_charge() {
    bench.door.next(Fault.LOST_RESPONSE);
    CheckoutView checkout = pay(StripeToken.VISA);
    assertThat(checkout.state()).isEqualTo(CheckoutState.PENDING);

    passTime(Duration.ofMinutes(3));

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(bench.ledger().chargesOf(reference(checkout))).hasSize(1);
    assertThat(bench.ledger().requests("POST", INTENTS)).isEqualTo(1);
    assertThat(bench.ledger().requests("GET", INTENTS)).isEqualTo(1);
    assertThat(bench.ledger().requests("GET", "/v1/charges")).isEqualTo(1);
    assertThat(bench.ledger().requests()).isEqualTo(3);
  }

  @Test
  void a_request_that_never_arrived_is_sent_again_under_its_key_once_that_is_certain() {
    bench.door.next(Fault.LOST_REQUEST);
    CheckoutView checkout = pay(StripeToken.VISA);

    passTime(Duration.ofMinutes(6));

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(bench.ledger().chargesOf(reference(checkout))).hasSize(1);
    assertThat(bench.ledger().requests("POST", INTENTS)).isEqualTo(1);
  }

  /** Everybody was away; Stripe forgot the key, under which it would charge again. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_RESPONSE", "LOST_REQUEST"})
  void what_was_lost_comes_to_one_charge_at_most_days_after_its_key_expired(Fault fault) {
    bench.door.next(fault);
    CheckoutView checkout = pay(StripeToken.VISA);
    bench.clock.advance(Duration.ofDays(3));

    passTime(Duration.ofMinutes(6));

    boolean acted = fault == Fault.LOST_RESPONSE;
    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isEqualTo(acted);
    assertThat(bench.ledger().chargesOf(reference(checkout))).hasSize(acted ? 1 : 0);
    assertThat(bench.ledger().requests("POST", INTENTS)).isEqualTo(acted ? 1 : 0);
  }

  @Test
  void a_500_that_stripe_replays_is_looked_up_and_not_charged_again() {
    bench.controls().failNext(true);
    CheckoutView checkout = pay(StripeToken.VISA);

    passTime(Duration.ofMinutes(3));

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(bench.ledger().charges()).hasSize(1);
    assertThat(bench.ledger().requests("POST", INTENTS)).isEqualTo(1);
  }

  @Test
  void a_lost_capture_and_a_lost_refund_happen_once() {
    CheckoutView checkout = checkout();
    gatehouse.pay(sale(checkout, StripeToken.VISA).holdOnly());
    Payment held = payment(gatehouse.checkout(checkout.id()));
    assertThat(held.state()).isEqualTo(PaymentState.AUTHORIZED);

    bench.door.next(Fault.LOST_RESPONSE);
    gatehouse.capture(new Capture(held.id(), "capture-1", Money.parse("EUR 7.00"), true));
    passTime(Duration.ofMinutes(3));
    bench.door.next(Fault.LOST_RESPONSE);
    gatehouse.refund(Refund.of(held.id(), "refund-1", Money.parse("EUR 2.00")));
    passTime(Duration.ofMinutes(3));

    assertThat(gatehouse.payment(held.id()).state()).isEqualTo(PaymentState.PARTLY_REFUNDED);
    CurrencyUnit eur = CurrencyUnit.EUR;
    assertThat(bench.ledger().captured(held.id().value(), eur)).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(bench.ledger().refunded(held.id().value(), eur)).isEqualTo(Money.parse("EUR 2.00"));
    assertThat(bench.ledger().requests("POST", INTENTS + "/{id}/capture")).isEqualTo(1);
    assertThat(bench.ledger().requests("POST", "/v1/refunds")).isEqualTo(1);
  }

  @Test
  void the_rest_that_stripe_releases_is_no_refund_whether_heard_looked_up_or_listed() {
    CheckoutView checkout = checkout();
    gatehouse.pay(sale(checkout, StripeToken.VISA).holdOnly());
    Payment held = payment(gatehouse.checkout(checkout.id()));
    gatehouse.capture(new Capture(held.id(), "capture-1", Money.parse("EUR 6.00"), true));
    assertThat(gatehouse.payment(held.id()).state()).isEqualTo(PaymentState.CAPTURED);

    deliver(bench.stripe.takeWebhooks());
    passTime(Duration.ofMinutes(3));
    assertThat(bench.ledger().requests("GET", "/v1/charges")).isPositive();
    assertThat(gatehouse.payment(held.id()).state()).isEqualTo(PaymentState.CAPTURED);
    var listed = gatehouse.reconcile(STRIPE, bench.clock.instant().minus(Duration.ofHours(1)));
    assertThat(listed.failure()).isEmpty();
    assertThat(gatehouse.payment(held.id()).state()).isEqualTo(PaymentState.CAPTURED);

    gatehouse.refund(Refund.of(held.id(), "refund-1", Money.parse("EUR 6.00")));
    deliver(bench.stripe.takeWebhooks());
    assertThat(gatehouse.payment(held.id()).state()).isEqualTo(PaymentState.REFUNDED);
    assertThat(bench.ledger().refunded(held.id().value(), CurrencyUnit.EUR))
        .isEqualTo(Money.parse("EUR 6.00"));
  }

  @Test
  void a_customer_who_authenticates_and_never_comes_back_has_paid() {
    CheckoutView checkout = pay(StripeToken.THREE_D_SECURE_2);
    assertThat(checkout.state()).isEqualTo(CheckoutState.AWAITING_CUSTOMER);
    bench.stripe.takeWebhooks();
    bench.controls().authenticate("pi_1");

    deliver(bench.stripe.takeWebhooks());

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(payment(checkout).state()).isEqualTo(PaymentState.CAPTURED);
  }

  @Test
  void a_decline_after_the_authentication_is_told_once() {
    CheckoutView checkout = pay(StripeToken.THREE_D_SECURE_DECLINED);
    bench.controls().authenticate("pi_1");

    deliver(bench.stripe.takeWebhooks());
    gatehouse.customerReturned(checkout.id());

    assertThat(payment(checkout).state()).isEqualTo(PaymentState.FAILED);
    assertThat(gatehouse.timeline(ADA)).filteredOn(PaymentFailed.class::isInstance).hasSize(1);
  }

  @Test
  void an_intent_that_failed_and_was_paid_in_the_browser_completes_the_checkout() {
    CheckoutView checkout = pay(StripeToken.THREE_D_SECURE_2);
    bench.controls().failAuthentication("pi_1");
    deliver(bench.stripe.takeWebhooks());
    assertThat(payment(checkout).decline().orElseThrow().code())
        .isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
    bench.controls().tryAgain("pi_1", StripeToken.MASTERCARD);

    deliver(bench.stripe.takeWebhooks());

    assertThat(gatehouse.checkout(checkout.id()).isCompleted()).isTrue();
    assertThat(payment(checkout).mismatches()).isEmpty();
  }

  @Test
  void webhooks_doubled_and_in_reverse_order_lead_to_the_same_state() {
    CheckoutView checkout = pay(StripeToken.REFUND_FAIL);
    gatehouse.refund(Refund.of(payment(checkout).id(), "refund-1", Bench.TEN));
    assertThat(payment(checkout).state()).isEqualTo(PaymentState.REFUNDED);
    bench.clock.advance(Duration.ofMinutes(5));
    List<PendingWebhook> all = new ArrayList<>();
    // The emulator lets the refund fail when it is next looked at.
    bench.ledger();
    all.addAll(bench.stripe.takeWebhooks());
    all.addAll(List.copyOf(all));
    Collections.reverse(all);

    deliver(all);

    assertThat(payment(checkout).state()).isEqualTo(PaymentState.CAPTURED);
    assertThat(bench.ledger().kept(reference(checkout), CurrencyUnit.EUR)).isEqualTo(Bench.TEN);
  }

  @Test
  void what_somebody_did_at_the_dashboard_comes_in_by_the_list_of_events() {
    CheckoutView checkout = pay(StripeToken.VISA);
    bench.controls().consoleRefund("ch_1", Money.parse("EUR 3.00"));
    bench.controls().foreignPayment("acct_main", Bench.TEN, java.util.Optional.empty());

    var done = gatehouse.reconcile(STRIPE, bench.clock.instant().minus(Duration.ofHours(1)));

    assertThat(done.failure()).isEmpty();
    assertThat(payment(checkout).state()).isEqualTo(PaymentState.PARTLY_REFUNDED);
  }
}
