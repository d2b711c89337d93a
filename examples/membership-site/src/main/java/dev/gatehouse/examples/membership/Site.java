package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.GatehouseBuilder;
import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.engine.IdSource;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.GatewayConfigs;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.TestTokens;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The whole site on one machine: the shop with its gatehouse, the provider, the CRM and analytics,
 * talking over HTTP on the loopback interface. Its clock stands still unless {@link #timePasses} is
 * called, so nothing ever sleeps. For one thread.
 */
final class Site implements AutoCloseable {
  private static final Duration STEP = Duration.ofSeconds(1);

  /** How much of the time that was to pass is skipped if the process dies meanwhile, at most. */
  private static final Duration STRIDE = Duration.ofSeconds(10);

  private static final Duration REST = Duration.ofSeconds(30);
  private static final String START = "2026-01-05T09:00:00Z";

  /**
   * Longer than the grace of a call and of a hook: what a dead process had in hand is free then.
   */
  private static final Duration RECOVERY = Duration.ofMinutes(6);

  private static final int MAX_ROUNDS = 10_000;

  private final Records records;
  private final Course course;
  private final TestClock clock;
  private final GatewayCatalog catalog;
  private final List<Dropped> dropped;
  private final SiteServer pages = new SiteServer();
  private final HttpTransport outside = HttpTransport.create(HttpOptions.defaults());
  private final LossyNetwork network =
      new LossyNetwork(HttpTransport.create(HttpOptions.defaults()));
  private final ReferenceAccount main = account("main", Instances.MAIN);
  private final ReferenceAccount eu = account("eu", Instances.EU);
  private final Outside world;
  private final ReferenceServer providerServer;
  private final Courier courier;
  private final Browser browser;
  private final Gatehouse gatehouse;

  private Site(
      Records records,
      Logbook log,
      Course course,
      Optional<GatewayFolder> folder,
      GatewayConfigs configs,
      boolean isAlone) {
    this.records = records;
    this.course = course;
    this.clock = log.clock();
    this.world = new Outside(log, List.of(main, eu));
    this.providerServer = ReferenceServer.start(world::handle);
    this.courier = new Courier(world, outside);
    this.browser = new Browser(outside, providerServer.baseUrl(), pages.base());
    try {
      if (!course.goesOn()) {
        world.countFromHere();
      }
      GatewayCatalog own = GatewayCatalog.discover();
      catalog = folder.map(f -> own.and(f.catalog())).orElse(own);
      gatehouse = build(configs, isAlone);
      dropped = notTheSitesOwn();
      pages.open(gatehouse);
    } catch (RuntimeException e) {
      closeServers();
      throw e;
    }
  }

  /** A clock that shows when tours begin. */
  static TestClock newClock() {
    return TestClock.at(START);
  }

  /** Starts everything, with the site's own gateways. */
  static Site open(Records records, Logbook log, Course course) {
    return new Site(records, log, course, Optional.empty(), GatewayConfigs.collect(), true);
  }

  /**
   * Starts everything, with gateways of others besides.
   *
   * @param folder stays open until the site is closed
   * @param configs how those are to be opened; what can't be is left out
   */
  static Site open(
      Records records,
      Logbook log,
      Course course,
      Optional<GatewayFolder> folder,
      GatewayConfigs configs) {
    return new Site(records, log, course, folder, configs, false);
  }

  private List<Dropped> notTheSitesOwn() {
    return gatehouse.gateways().stream()
        .filter(view -> !Instances.ALL.contains(view.id()))
        .flatMap(
            view ->
                catalog.provider(view.provider()).stream()
                    .map(entry -> new Dropped(view, TestTokens.of(entry.provider()))))
        .toList();
  }

  private Gatehouse build(GatewayConfigs configs, boolean isAlone) {
    GatehouseBuilder builder = Gatehouse.builder();
    return (isAlone ? builder.ids(countedIds()) : builder)
        .store(records.store())
        .catalog(catalog)
        .gateway(reference(Instances.MAIN, main))
        .gateway(reference(Instances.EU, eu))
        .gateway(manual())
        .gateways(configs)
        .whenRefused(WhenRefused.GO_ON)
        .hooks(SiteHooks.telling(world.receiver().base(), world.receiver().base()))
        .transport(network)
        .clock(clock)
        .build();
  }

  private ReferenceAccount account(String name, GatewayInstanceId instance) {
    return ReferenceAccount.test(name).notifying(pages.webhooks(instance));
  }

  private GatewayConfig reference(GatewayInstanceId instance, ReferenceAccount account) {
    Map<String, String> settings =
        Map.of(
            ReferenceGatewayProvider.BASE_URL, providerServer.baseUrl().toString(),
            ReferenceGatewayProvider.SECRET_KEY, account.secretKey(),
            ReferenceGatewayProvider.WEBHOOK_SECRET, account.webhookSecrets().get(0));
    return new GatewayConfig(instance, "reference", Mode.TEST, settings);
  }

  private static GatewayConfig manual() {
    return new GatewayConfig(
        Instances.MANUAL,
        "manual",
        Mode.TEST,
        Map.of("instructions", "Transfer to DE02 1203 0000 0000 2020 51|Payee: Example Shop"));
  }

  /**
   * Ids that can be told in advance: fit for a tour that says the same each time, for no shop. A
   * dropped gateway's provider may remember them from the last tour, so it does not get them.
   */
  private IdSource countedIds() {
    AtomicInteger count = new AtomicInteger();
    String process = "%04d%04d".formatted(course.number(), course.starts());
    return () -> process + "%08d".formatted(count.incrementAndGet());
  }

  /** Time passes, second by second, and what is due then is done. */
  void timePasses(Duration time) {
    timePassesTo(clock.instant().plus(time));
  }

  /** As {@link #timePasses}; nothing happens if it is that time already. */
  void timePassesTo(Instant until) {
    while (clock.instant().isBefore(until)) {
      Instant soon = clock.instant().plus(STRIDE);
      Instant next = soon.isBefore(until) ? soon : until;
      course.timeWillBe(next);
      while (clock.instant().isBefore(next)) {
        clock.advance(STEP);
        doDueWork();
      }
    }
  }

  /** Waits until it is known what became of the calls of a process that died. */
  void recover(CustomerId customer) {
    Instant late = clock.instant().plus(RECOVERY);
    while (isInDoubt(customer) && clock.instant().isBefore(late)) {
      timePasses(STRIDE);
    }
  }

  private boolean isInDoubt(CustomerId customer) {
    return checkoutOf(customer).map(gatehouse::checkout).stream()
        .flatMap(view -> view.payments().stream())
        .anyMatch(
            payment ->
                payment.operations().stream()
                    .anyMatch(o -> payment.status(o) == OperationStatus.IN_DOUBT));
  }

  /** Lets everything come to rest: webhooks are delivered, hooks get their second tries. */
  void comeToRest() {
    Instant late = clock.instant().plus(RECOVERY);
    do {
      timePasses(REST);
    } while (courier.deliver() > 0 || (isLeftBehind() && clock.instant().isBefore(late)));
  }

  /** Whether something waits that a process which died may have in hand. */
  private boolean isLeftBehind() {
    return course.goesOn() && !records.store().backlogs().isEmpty();
  }

  private void doDueWork() {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (gatehouse.runDueWork() == 0) {
        return;
      }
    }
    throw new Surprise("there is always something due");
  }

  Gatehouse gatehouse() {
    return gatehouse;
  }

  GatewayCatalog catalog() {
    return catalog;
  }

  /** The open gateways that are not the site's own: of the folder, or beside it. */
  List<Dropped> dropped() {
    return dropped;
  }

  boolean isDropped(GatewayInstanceId gateway) {
    return dropped.stream().anyMatch(d -> d.view().id().equals(gateway));
  }

  /** What to pay with at a gateway, where the reference provider's token would do. */
  PaymentMethod.Token method(GatewayInstanceId gateway, String referenceToken) {
    return dropped.stream()
        .filter(d -> d.view().id().equals(gateway))
        .flatMap(d -> d.method(referenceToken).stream())
        .findFirst()
        .orElseGet(() -> new PaymentMethod.Token("card", referenceToken));
  }

  TestClock clock() {
    return clock;
  }

  Course course() {
    return course;
  }

  /** Whether the shop has such a customer. */
  boolean knows(CustomerId customer) {
    return records.store().customer(customer).isPresent();
  }

  /** The checkout of a sign-up, if it was started. */
  Optional<CheckoutId> checkoutOf(CustomerId customer) {
    return records.store().checkoutByCommand(customer, Visit.KEY).map(Checkout::id);
  }

  /** Whether the shop has such a payment. */
  boolean knows(PaymentId payment) {
    return records.store().payment(payment).isPresent();
  }

  /** Those who are not the shop. */
  Outside world() {
    return world;
  }

  Bank bank() {
    return world.bank();
  }

  LossyNetwork network() {
    return network;
  }

  ReferenceProvider provider() {
    return world.provider();
  }

  Receiver receiver() {
    return world.receiver();
  }

  Courier courier() {
    return courier;
  }

  Browser browser() {
    return browser;
  }

  /** Where the customer of a checkout comes back to. */
  URI returnUrl(CheckoutId checkout) {
    return pages.returnUrl(checkout);
  }

  @Override
  public void close() {
    gatehouse.close();
    closeServers();
  }

  private void closeServers() {
    pages.close();
    world.receiver().close();
    providerServer.close();
    outside.close();
    network.close();
  }
}
