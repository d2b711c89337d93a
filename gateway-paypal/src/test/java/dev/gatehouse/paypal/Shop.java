package dev.gatehouse.paypal;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import dev.gatehouse.testkit.paypal.PayPalWebhook;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.Money;

/** A whole gatehouse in front of an emulated PayPal, and a clock that stands still. */
final class Shop implements AutoCloseable {
  static final GatewayInstanceId PAYPAL = new GatewayInstanceId("paypal");
  static final CustomerId ADA = new CustomerId("ada");

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final PayPalEmulator paypal = new PayPalEmulator(clock);
  final FaultyDoor door;
  final Gatehouse gatehouse;
  private int keys;

  Shop() {
    this.door = new FaultyDoor(paypal.transport());
    Map<String, String> settings = paypal.apps().get(0).settings();
    this.gatehouse =
        Gatehouse.builder()
            .catalog(GatewayCatalog.of(new PayPalGatewayProvider()))
            .gateway(GatewayConfig.test("paypal", settings))
            .transport(door)
            .clock(clock)
            .build();
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  CheckoutView start(String money) {
    return gatehouse.startCheckout(
        StartCheckout.forLines(
            ADA, "start-" + ++keys, List.of(Line.of("A thing", 1, Money.parse(money)))));
  }

  CheckoutView pay(String money) {
    return gatehouse.pay(sale(start(money)));
  }

  CheckoutView hold(String money) {
    return gatehouse.pay(sale(start(money)).holdOnly());
  }

  Pay sale(CheckoutView checkout) {
    return Pay.sale(checkout.id(), "pay-" + ++keys, PAYPAL, Bench.PAYPAL)
        .returningTo(URI.create("https://shop.test/return"));
  }

  /** Where the customer is sent to. */
  static URI redirect(CheckoutView checkout) {
    return ((CustomerAction.Redirect) checkout.action().orElseThrow()).url();
  }

  Payment capture(Payment payment, String money, boolean last) {
    return gatehouse.capture(
        new Capture(payment.id(), "capture-" + ++keys, Money.parse(money), last));
  }

  Payment release(Payment payment) {
    return gatehouse.voidPayment(new VoidPayment(payment.id(), "void-" + ++keys));
  }

  Payment refund(Payment payment, String money) {
    return gatehouse.refund(Refund.of(payment.id(), "refund-" + ++keys, Money.parse(money)));
  }

  Payment payment(CheckoutView checkout) {
    return gatehouse.payment(view(checkout).lastPayment().orElseThrow().id());
  }

  CheckoutView view(CheckoutView checkout) {
    return gatehouse.checkout(checkout.id());
  }

  /** What PayPal has for a checkout's last payment, all orders of it. */
  List<PayPalLedger.PurchaseUnit> orders(CheckoutView checkout) {
    return paypal.ledger().ordersOf(payment(checkout).id().value());
  }

  PayPalLedger.PurchaseUnit order(CheckoutView checkout) {
    return orders(checkout).get(orders(checkout).size() - 1);
  }

  Shop deliverWebhooks() {
    paypal.takeWebhooks().forEach(this::deliver);
    return this;
  }

  WebhookReply deliver(PayPalWebhook delivery) {
    return gatehouse.webhook(PAYPAL, delivery.toWebhookRequest());
  }

  Shop work() {
    for (int rounds = 0; gatehouse.runDueWork() > 0; rounds++) {
      if (rounds > 1_000) {
        throw new AssertionError("there is always more to do");
      }
    }
    return this;
  }

  /** Lets time pass in steps, doing what is due after each. */
  Shop pass(Duration time, int steps) {
    for (int step = 0; step < steps; step++) {
      clock.advance(time.dividedBy(steps));
      work();
    }
    return this;
  }

  @Override
  public void close() {
    gatehouse.close();
  }
}
