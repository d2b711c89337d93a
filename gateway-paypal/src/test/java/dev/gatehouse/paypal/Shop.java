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
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalLedger;
import dev.gatehouse.testkit.paypal.PayPalOptions;
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

  /** Another merchant's app, at the same PayPal. */
  static final PayPalApp OTHER =
      new PayPalApp("other-client", "other-secret", "MERCHANTQTHER", "8WP98765AB6789012", false);

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final PayPalApp app = PayPalApp.sandbox();
  final PayPalEmulator paypal =
      new PayPalEmulator(clock, PayPalOptions.defaults(), List.of(app, OTHER));
  FaultyDoor door = new FaultyDoor(paypal.transport());
  private final Store store = new InMemoryStore();
  Gatehouse gatehouse;
  private int keys;

  Shop() {
    this.gatehouse = opened(app.settings());
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  /** The same shop, started anew with other settings. */
  Shop reopened(Map<String, String> settings) {
    gatehouse.close();
    door = new FaultyDoor(paypal.transport());
    gatehouse = opened(settings);
    return this;
  }

  private Gatehouse opened(Map<String, String> settings) {
    return Gatehouse.builder()
        .catalog(GatewayCatalog.of(new PayPalGatewayProvider()))
        .gateway(GatewayConfig.test("paypal", settings))
        .store(store)
        .transport(door)
        .clock(clock)
        .build();
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
