package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.joda.money.Money;

/**
 * A night in a shop whose records are in a file of SQLite: Ada is declined, then pays, and her
 * refund gets lost; Grace pays, and no answer comes; the CRM refuses an event, and a hook was taken
 * out. Times and ids are always the same.
 */
final class OpsShop {
  static final CustomerId ADA = new CustomerId("ada");
  static final CustomerId GRACE = new CustomerId("grace");

  private final TestClock clock = TestClock.at("2026-03-01T02:00:00Z");
  private final AtomicInteger ids = new AtomicInteger();
  private final Path file;
  private boolean lost;

  Payment declined;
  Payment refundInDoubt;
  Payment chargeInDoubt;

  private OpsShop(Path file) {
    this.file = file;
  }

  /** Lets it all happen, and closes the file. */
  static OpsShop in(Path file) {
    OpsShop shop = new OpsShop(file);
    shop.play();
    return shop;
  }

  private void play() {
    ReferenceAccount account = ReferenceAccount.test("shop");
    ReferenceProvider provider =
        new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account));
    try (JdbcStore store = JdbcStore.sqlite(file);
        Gatehouse shop = open(store, account, new ReferenceTransport(provider))) {
      shop.register(new RegisterCustomer(ADA, new Person("Ada", "ada@example.com", Locale.UK)));
      shop.register(
          new RegisterCustomer(GRACE, new Person("Grace", "grace@example.com", Locale.US)));
      declined =
          last(pay(shop, start(shop, ADA, "first", "EUR 12.50"), "tok_decline_insufficient_funds"));
      clock.advance(Duration.ofMinutes(2));
      CheckoutView paid = pay(shop, start(shop, ADA, "second", "EUR 12.50"), "tok_approve");
      rest(shop, Duration.ofMinutes(3), 1);
      lost = true;
      shop.refund(Refund.of(last(paid).id(), "refund", Money.parse("EUR 2.50")));
      rest(shop, Duration.ofDays(2), 30);
      refundInDoubt = shop.payment(last(paid).id());
      CheckoutView unheard = pay(shop, start(shop, GRACE, "third", "EUR 99.00"), "tok_approve");
      chargeInDoubt = last(unheard);
    }
  }

  private Gatehouse open(JdbcStore store, ReferenceAccount account, HttpTransport behind) {
    Map<String, String> settings =
        Map.of(
            ReferenceGatewayProvider.BASE_URL, ReferenceTransport.BASE_URL.toString(),
            ReferenceGatewayProvider.SECRET_KEY, account.secretKey(),
            ReferenceGatewayProvider.WEBHOOK_SECRET, account.webhookSecrets().get(0));
    return Gatehouse.builder()
        .store(store)
        .gateway(new GatewayConfig(Instances.MAIN, "reference", Mode.TEST, settings))
        .hook(
            Hook.named("crm")
                .handling(
                    CheckoutCompleted.class,
                    (event, context) -> new HookResult.Park("the CRM knows no contact 'ada'")))
        .hook(
            Hook.named("old-crm")
                .handling(
                    CheckoutCompleted.class, (event, context) -> new HookResult.Park("is closed")))
        .transport(new Lossy(behind))
        .clock(clock)
        .ids(() -> "%08d".formatted(ids.incrementAndGet()))
        .build();
  }

  private static CheckoutView start(Gatehouse shop, CustomerId customer, String key, String price) {
    return shop.startCheckout(
        StartCheckout.forLines(customer, key, List.of(Line.of("A book", 1, Money.parse(price)))));
  }

  private static CheckoutView pay(Gatehouse shop, CheckoutView checkout, String token) {
    return shop.pay(
        Pay.sale(checkout.id(), "try", Instances.MAIN, new PaymentMethod.Token("card", token)));
  }

  private static Payment last(CheckoutView checkout) {
    return checkout.lastPayment().orElseThrow();
  }

  private void rest(Gatehouse shop, Duration time, int steps) {
    for (int step = 0; step < steps; step++) {
      clock.advance(time.dividedBy(steps));
      while (shop.runDueWork() > 0) {
        // Each round does what the one before made due.
      }
    }
  }

  /** From some time on, no answer comes through. */
  private final class Lossy implements HttpTransport {
    private final HttpTransport behind;

    Lossy(HttpTransport behind) {
      this.behind = behind;
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (lost) {
        throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
      }
      return behind.send(request, limit);
    }

    @Override
    public void close() {
      behind.close();
    }
  }
}
