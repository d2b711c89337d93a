package dev.gatehouse.testkit.sink;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A shop with one hook, to see what the hook tells its service and when: a live gateway and one in
 * test mode, over real HTTP, on a clock that stands still until it is moved.
 */
public final class SinkShop implements AutoCloseable {
  /** The gateway of real money. */
  public static final GatewayInstanceId LIVE = new GatewayInstanceId("live");

  /** The gateway in test mode. */
  public static final GatewayInstanceId TEST = new GatewayInstanceId("test");

  /** The plan that is sold. */
  public static final Plan GOLD = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 49.90"));

  /** Another one, which costs more. */
  public static final Plan PLATINUM =
      new Plan(new PlanId("platinum"), "Platinum", Money.parse("EUR 99.00"));

  /** One that costs nothing. */
  public static final Plan FREE = new Plan(new PlanId("free"), "Free", Money.parse("EUR 0.00"));

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final TestClock clock;
  private final Store store = new InMemoryStore();
  private final ReferenceServer server;
  private final Gatehouse gatehouse;

  /**
   * A shop on this clock, whose hook is one instance of a provider, configured like this.
   *
   * @throws dev.gatehouse.error.ConfigurationException if the hook does not open
   */
  public SinkShop(TestClock clock, HookProvider provider, HookConfig config) {
    this(clock, provider, config, LIMIT);
  }

  /**
   * The same, whose calls may take so long: for a service that never answers.
   *
   * @throws dev.gatehouse.error.ConfigurationException if the hook does not open
   */
  public SinkShop(TestClock clock, HookProvider provider, HookConfig config, Duration limit) {
    this.clock = clock;
    ReferenceAccount live = account("live");
    ReferenceAccount test = account("test");
    ReferenceProvider simulated =
        new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(live, test));
    server = ReferenceServer.start(simulated);
    boolean done = false;
    try {
      gatehouse =
          Gatehouse.builder()
              .store(store)
              .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
              .gateway(config(LIVE, Mode.LIVE, live))
              .gateway(config(TEST, Mode.TEST, test))
              .hookCatalog(HookCatalog.of(provider))
              .hooks(HookConfigs.collect().add(config))
              .transport(HttpTransport.create(HttpOptions.defaults()))
              .policy(EnginePolicy.defaults())
              .timeLimit(limit)
              .clock(clock)
              .build();
      done = true;
    } finally {
      if (!done) {
        server.close();
      }
    }
  }

  private static ReferenceAccount account(String mode) {
    return new ReferenceAccount(
        "acct_" + mode,
        "sk_" + mode + "_0123456789abcdef",
        List.of("whsec_" + mode + "_0123456789"),
        URI.create("https://shop.test/webhooks/" + mode));
  }

  private GatewayConfig config(GatewayInstanceId id, Mode mode, ReferenceAccount account) {
    return new GatewayConfig(
        id,
        "reference",
        mode,
        Map.of(
            "base-url", server.baseUrl().toString(),
            "secret-key", account.secretKey(),
            "webhook-secret", account.webhookSecrets().get(0)));
  }

  /** Everything else that a shop does. */
  public Gatehouse gatehouse() {
    return gatehouse;
  }

  /** Where its records are. */
  public Store store() {
    return store;
  }

  /**
   * Why the one delivery that is parked is.
   *
   * @throws IllegalStateException if none is, or several are
   */
  public String parked() {
    List<Delivery> parked = store.parked(Optional.empty(), 2);
    if (parked.size() != 1) {
      throw new IllegalStateException("not one delivery is parked: " + parked);
    }
    return parked.get(0).parked().orElseThrow();
  }

  /** Registers a customer, whose e-mail address is the id's at shop.example. */
  public CustomerId register(String id, String name) {
    return register(id, name, id + "@shop.example");
  }

  /** Registers a customer. */
  public CustomerId register(String id, String name, String email) {
    CustomerId customer = new CustomerId(id);
    gatehouse.register(new RegisterCustomer(customer, new Person(name, email, Locale.ENGLISH)));
    return customer;
  }

  /** Starts a checkout for the plan. */
  public CheckoutView start(CustomerId customer, String key) {
    return gatehouse.startCheckout(StartCheckout.forPlan(customer, key, GOLD));
  }

  /** Starts a checkout for the plan in a visit. */
  public CheckoutView start(CustomerId customer, String key, Attribution visit) {
    return gatehouse.startCheckout(StartCheckout.forPlan(customer, key, GOLD).in(visit));
  }

  /** Tries to pay with a token of the simulated provider, such as {@code tok_approve}. */
  public CheckoutView pay(CheckoutView checkout, GatewayInstanceId gateway, String token) {
    return gatehouse.pay(
        Pay.sale(
            checkout.id(),
            token + checkout.payments().size(),
            gateway,
            new PaymentMethod.Token("card", token)));
  }

  /** Registers a customer who buys the plan for real. */
  public CheckoutView sell(String customer) {
    return pay(start(register(customer, "Ann " + customer), "order"), LIVE, "tok_approve");
  }

  /** Delivers what is due until nothing is. */
  public void deliver() {
    while (gatehouse.runDueWork() > 0) {
      // Each round offers a hook the next event of each subject.
    }
  }

  /** Time passes, and what is due then is delivered. */
  public void after(Duration time) {
    clock.advance(time);
    deliver();
  }

  @Override
  public void close() {
    gatehouse.close();
    server.close();
  }
}
