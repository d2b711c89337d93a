package dev.gatehouse.docs;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.Money;

/** What the snippets of docs/taking-payments.md take for granted, on a clock that stands still. */
final class DocsShop implements AutoCloseable {
  static final GatewayInstanceId CARDS = new GatewayInstanceId("reference");
  static final GatewayInstanceId BANK = new GatewayInstanceId("manual");
  static final CustomerId ADA = new CustomerId("ada");

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final ReferenceProvider provider;
  final Gatehouse gatehouse;
  private final Door door;
  private int orders;

  /** The door to the provider, which can be shut: then nobody knows what became of a request. */
  private static final class Door implements HttpTransport {
    private final HttpTransport open;
    private boolean shut;

    Door(HttpTransport open) {
      this.open = open;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (shut) {
        throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
      }
      return open.send(request, limit);
    }

    @Override
    public void close() {
      open.close();
    }
  }

  private final InMemoryStore store = new InMemoryStore();

  DocsShop() {
    ReferenceAccount account = ReferenceAccount.test("shop");
    provider = new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account));
    door = new Door(new ReferenceTransport(provider));
    gatehouse =
        Gatehouse.builder()
            .store(store)
            .catalog(GatewayCatalog.of(new ReferenceGatewayProvider(), new ManualGatewayProvider()))
            .gateway(GatewayConfig.test("reference", settings(account)))
            .gateway(GatewayConfig.test("manual", Map.of("instructions", "Transfer to|DE00 0000")))
            .transport(door)
            .clock(clock)
            .build();
    gatehouse.register(
        new RegisterCustomer(ADA, new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
  }

  private static Map<String, String> settings(ReferenceAccount account) {
    return Map.of(
        ReferenceGatewayProvider.BASE_URL, ReferenceTransport.BASE_URL.toString(),
        ReferenceGatewayProvider.SECRET_KEY, account.secretKey(),
        ReferenceGatewayProvider.WEBHOOK_SECRET, account.webhookSecrets().get(0));
  }

  /** A checkout of a thing at this price. */
  CheckoutView checkout(String price) {
    orders++;
    return gatehouse.startCheckout(
        StartCheckout.forLines(
            ADA, "order-" + orders, List.of(Line.of("A thing", 1, Money.parse(price)))));
  }

  CheckoutView paid(String price) {
    return pay(checkout(price), "tok_approve");
  }

  CheckoutView pay(CheckoutView checkout, String token) {
    return gatehouse.pay(
        Pay.sale(checkout.id(), "try-" + token, CARDS, new PaymentMethod.Token("card", token)));
  }

  /** The provider's own id of the last charge. */
  String charge() {
    var charges = provider.ledger().charges();
    return charges.get(charges.size() - 1).id();
  }

  /** The payment is seen in an account where it can't be. */
  void showElsewhere(PaymentId id) {
    Snapshot elsewhere = Snapshot.builder().account("acct_of_somebody").build();
    Payment payment = gatehouse.payment(id).observing(elsewhere.facts());
    store.commit(Commit.builder().save(payment).build());
  }

  /** From now on, no answer comes through. */
  void shutDoor() {
    door.shut = true;
  }

  /** Lets time pass, doing what is due on the way. */
  void pass(Duration time, int steps) {
    for (int step = 0; step < steps; step++) {
      clock.advance(time.dividedBy(steps));
      while (gatehouse.runDueWork() > 0) {
        // Each round does what the one before made due.
      }
    }
  }

  @Override
  public void close() {
    gatehouse.close();
  }
}
