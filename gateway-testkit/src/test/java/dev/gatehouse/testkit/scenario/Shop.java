package dev.gatehouse.testkit.scenario;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.ReplayEvent;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.store.Store;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceControls;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceTransport;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.joda.money.Money;

/** A shop with a gatehouse, an account at the reference provider, and a clock that stands still. */
final class Shop implements AutoCloseable {
  static final GatewayInstanceId MAIN = new GatewayInstanceId("main");
  static final GatewayInstanceId BANK = new GatewayInstanceId("bank");
  static final CustomerId ANN = new CustomerId("ann");
  static final CustomerId BOB = new CustomerId("bob");
  static final Money TEN = Money.parse("EUR 10.00");
  static final Plan GOLD = new Plan(new PlanId("gold"), "Gold", TEN);

  private static final String PROCESS = "shop";

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final Store store;
  final Crash.Process process = new Crash.Process();
  final ReferenceProvider provider;
  final ReferenceAccount account;
  final Door door;
  private final URI baseUrl;
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicInteger keys = new AtomicInteger();
  private final List<LifecycleHook> hooks = new ArrayList<>();
  private final List<GatewayProvider> providers = new ArrayList<>();
  private final List<GatewayConfig> configs = new ArrayList<>();
  private final SimulatedStore place;
  private final Kept kept = new Kept();
  private Store port;
  private EnginePolicy policy = EnginePolicy.defaults();
  private Map<String, String> settings = Map.of();
  private Gatehouse gatehouse;

  Shop() {
    this(SimulatedStore.inMemory());
  }

  Shop(SimulatedStore place) {
    this(ReferenceAccount.test("main"), place);
  }

  Shop(ReferenceAccount account) {
    this(account, SimulatedStore.inMemory());
  }

  private Shop(ReferenceAccount account, SimulatedStore place) {
    this.account = account;
    this.place = place;
    this.store = kept.by(() -> place.of(PROCESS));
    this.port = store;
    this.provider =
        new ReferenceProvider(
            clock, ReferenceOptions.defaults(), List.of(account, ReferenceAccount.test("other")));
    this.door = new Door(new ReferenceTransport(provider), process);
    this.baseUrl = ReferenceTransport.BASE_URL;
    open();
  }

  private Shop(
      ReferenceAccount account, Function<ReferenceProvider, URI> server, HttpTransport http) {
    this.account = account;
    this.place = SimulatedStore.inMemory();
    this.store = kept.by(() -> place.of(PROCESS));
    this.port = store;
    this.provider = new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(account));
    this.door = new Door(http, process);
    this.baseUrl = server.apply(provider);
    open();
  }

  /** A shop whose calls go over a real network to a server for its provider. */
  static Shop over(HttpTransport http, Function<ReferenceProvider, URI> server) {
    return new Shop(ReferenceAccount.test("main"), server, http);
  }

  private void open() {
    start();
    register(ANN);
    register(BOB);
  }

  /** The process ended, in whatever way, and starts again on the same store. */
  Shop restart() {
    place.died(PROCESS);
    return rebuild();
  }

  private Shop rebuild() {
    process.revives();
    start();
    return this;
  }

  Shop with(EnginePolicy choices) {
    policy = choices;
    return rebuild();
  }

  Shop with(LifecycleHook hook) {
    hooks.removeIf(old -> old.id().equals(hook.id()));
    hooks.add(hook);
    return rebuild();
  }

  Shop with(GatewayProvider added, GatewayConfig config) {
    providers.add(added);
    configs.add(config);
    return rebuild();
  }

  /** The store that the gatehouse sees. */
  Shop with(Function<Store, Store> decorator) {
    port = decorator.apply(store);
    return rebuild();
  }

  Shop withSettings(Map<String, String> changed) {
    settings = changed;
    return rebuild();
  }

  /** The settings are of another account at the same provider. */
  Shop withAccount(String name) {
    return withSettings(settingsOf(ReferenceAccount.test(name)));
  }

  private void start() {
    gatehouse = node(process.sees(port));
  }

  /**
   * Another node on the same store, which is no part of what dies; whoever asks for it closes it.
   */
  Gatehouse another() {
    return node(store);
  }

  private Gatehouse node(Store seen) {
    List<GatewayProvider> all = new ArrayList<>(providers);
    all.add(new ReferenceGatewayProvider());
    all.add(new ManualGatewayProvider());
    GatehouseBuilder builder =
        Gatehouse.builder()
            .store(seen)
            .catalog(GatewayCatalog.of(all.toArray(new GatewayProvider[0])))
            .gateway(new GatewayConfig(MAIN, "reference", Mode.TEST, referenceSettings()))
            .gateway(
                new GatewayConfig(
                    BANK, "manual", Mode.TEST, Map.of("instructions", "Transfer to|DE00 0000")))
            .transport(door)
            .clock(clock)
            .policy(policy)
            .ids(() -> String.format(Locale.ROOT, "%020d", ids.incrementAndGet()));
    configs.forEach(builder::gateway);
    hooks.forEach(builder::hook);
    return builder.build();
  }

  private Map<String, String> referenceSettings() {
    return settings.isEmpty() ? settingsOf(account) : settings;
  }

  private Map<String, String> settingsOf(ReferenceAccount of) {
    return Map.of(
        ReferenceGatewayProvider.BASE_URL, baseUrl.toString(),
        ReferenceGatewayProvider.SECRET_KEY, of.secretKey(),
        ReferenceGatewayProvider.WEBHOOK_SECRET, of.webhookSecrets().get(0));
  }

  Map<String, String> settingsWithSecrets(String secret, String previous) {
    return Map.of(
        ReferenceGatewayProvider.BASE_URL,
        baseUrl.toString(),
        ReferenceGatewayProvider.SECRET_KEY,
        account.secretKey(),
        ReferenceGatewayProvider.WEBHOOK_SECRET,
        secret,
        ReferenceGatewayProvider.WEBHOOK_SECRET_PREVIOUS,
        previous);
  }

  Gatehouse house() {
    return gatehouse;
  }

  Ledger ledger() {
    return provider.ledger();
  }

  ReferenceControls controls() {
    return provider.controls();
  }

  // Commands

  private void register(CustomerId customer) {
    gatehouse.register(
        new RegisterCustomer(
            customer, new Person(customer.value(), customer + "@example.org", Locale.ENGLISH)));
  }

  String newKey() {
    return "key-" + keys.incrementAndGet();
  }

  CheckoutView startFor(Money price) {
    return gatehouse.startCheckout(
        StartCheckout.forLines(ANN, newKey(), List.of(Line.of("A thing", 1, price))));
  }

  CheckoutView start10() {
    return startFor(TEN);
  }

  CheckoutView startGold(CustomerId customer) {
    return gatehouse.startCheckout(StartCheckout.forPlan(customer, newKey(), GOLD));
  }

  Pay sale(CheckoutView checkout, TestToken token) {
    return Pay.sale(checkout.id(), newKey(), MAIN, card(token));
  }

  static PaymentMethod card(TestToken token) {
    return new PaymentMethod.Token("card", token.value());
  }

  CheckoutView pay(CheckoutView checkout, TestToken token) {
    return gatehouse.pay(sale(checkout, token));
  }

  CheckoutView hold(CheckoutView checkout, TestToken token) {
    return gatehouse.pay(sale(checkout, token).holdOnly());
  }

  CheckoutView paid10() {
    return pay(start10(), TestToken.APPROVE);
  }

  Payment capture(Payment payment, String amount, boolean isFinal) {
    return gatehouse.capture(new Capture(payment.id(), newKey(), Money.parse(amount), isFinal));
  }

  Payment refund(Payment payment, String amount) {
    return gatehouse.refund(Refund.of(payment.id(), newKey(), Money.parse(amount)));
  }

  /** The customer is forgotten. */
  Customer erase(CustomerId customer) {
    return gatehouse.operations().erase(new EraseCustomer(customer, "Olga", "they asked for it"));
  }

  /** The event is offered to the hook again. */
  void replay(String hook, String event) {
    gatehouse.operations().replay(new ReplayEvent(hook, event, "Olga", "the sink is up again"));
  }

  // What is known

  CheckoutView view(CheckoutView checkout) {
    return gatehouse.checkout(checkout.id());
  }

  CheckoutView view(CheckoutId checkout) {
    return gatehouse.checkout(checkout);
  }

  Payment payment(CheckoutView checkout) {
    return view(checkout).lastPayment().orElseThrow();
  }

  Payment payment(PaymentId payment) {
    return gatehouse.payment(payment);
  }

  /** Every event, in the order of their commits. */
  List<LifecycleEvent> events() {
    return kept.events(store);
  }

  List<Payment> payments() {
    return kept.payments(store);
  }

  List<Checkout> checkouts() {
    return kept.checkouts(store);
  }

  /** The one charge that the provider has for a payment. */
  Ledger.Charge charge(Payment payment) {
    List<Ledger.Charge> charges = ledger().chargesOf(payment.id().value());
    if (charges.size() != 1) {
      throw new AssertionError("not one charge but " + charges);
    }
    return charges.get(0);
  }

  /** A charge by the provider's id. */
  Ledger.Charge chargeById(String id) {
    return ledger().charge(id).orElseThrow();
  }

  /** How often the provider was asked to charge. */
  int chargeRequests() {
    return ledger().requests("POST", "/v1/charges");
  }

  // Time and webhooks

  /** Everything that is due now is done. */
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

  /** A few minutes, in steps of two seconds. */
  Shop passMinutes(int minutes) {
    return pass(Duration.ofMinutes(minutes), minutes * 30);
  }

  WebhookReply deliver(PendingWebhook notice) {
    return gatehouse.webhook(MAIN, notice.toWebhookRequest());
  }

  /** Every notice of the provider arrives, in order. */
  Shop deliverWebhooks() {
    provider.takeWebhooks().forEach(this::deliver);
    return this;
  }

  @Override
  public void close() {
    gatehouse.close();
    place.close();
  }
}
