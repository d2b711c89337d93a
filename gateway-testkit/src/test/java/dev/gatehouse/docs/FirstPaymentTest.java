package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceServer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The first payment of the README, over real HTTP, with the background thread delivering. */
class FirstPaymentTest {
  /** What the reader has: something to tell of a purchase. */
  private static final class Analytics {
    private final List<Money> purchases = new CopyOnWriteArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);

    void purchase(Money total) {
      purchases.add(total);
      told.countDown();
    }
  }

  @Test
  void the_first_payment_of_the_readme_is_made_and_told() throws InterruptedException {
    Analytics analytics = new Analytics();
    // snippet: FirstProvider
    var provider = new ReferenceProvider(Clock.systemUTC());
    var account = provider.accounts().get(0);
    var server = ReferenceServer.start(provider); // on a free port of this machine
    var settings =
        Map.of(
            "base-url", server.baseUrl().toString(),
            "secret-key", account.secretKey(),
            "webhook-secret", account.webhookSecrets().get(0));
    // end snippet
    try (server) {
      CheckoutState state = firstPayment(settings, analytics);

      assertThat(state).isEqualTo(CheckoutState.COMPLETED);
    }
    assertThat(analytics.purchases).containsExactly(Money.parse("EUR 49.00"));
    assertThat(provider.ledger().charges()).hasSize(1);
  }

  private static CheckoutState firstPayment(Map<String, String> settings, Analytics ga4)
      throws InterruptedException {
    // snippet: FirstPayment
    var config = GatewayConfig.test("reference", settings);
    var analytics =
        Hook.named("analytics").on(CheckoutCompleted.class, (e, ctx) -> ga4.purchase(e.total()));
    var gatehouse = Gatehouse.builder().gateway(config).hook(analytics).build().start();

    var ada = new CustomerId("ada");
    var person = new Person("Ada Lovelace", "ada@example.org", Locale.UK);
    gatehouse.register(new RegisterCustomer(ada, person));

    var gold = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 49.00"));
    var checkout = gatehouse.startCheckout(StartCheckout.forPlan(ada, "order-1", gold));
    var card = new PaymentMethod.Token("card", "tok_approve");
    var paid = gatehouse.pay(Pay.sale(checkout.id(), "try-1", config.instance(), card));
    // paid.state() is COMPLETED; the hook hears of it in the background.
    // end snippet
    try (gatehouse) {
      assertThat(ga4.told.await(30, TimeUnit.SECONDS)).isTrue();
    }
    return paid.state();
  }
}
