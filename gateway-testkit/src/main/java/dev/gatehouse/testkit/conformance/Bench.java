package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * One gateway with a provider, a clock and a network of its own, for one check. Requests are those
 * that the framework would let through.
 */
final class Bench implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Who stores methods; the framework always says who that is. */
  static final CustomerDetails CUSTOMER =
      new CustomerDetails(
              Optional.of("Ann Example"), Optional.of("ann@shop.example"), Optional.of(Locale.UK))
          .of("customer-1");

  static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  /** It claims what only the provider can know. */
  static final URI RETURN_URL = URI.create("https://shop.example/back?paid=yes&status=success");

  final TestTarget target;
  final TestClock clock = TestClock.at(START);
  final SimulatedProvider provider;
  final Network network;
  final String secret;
  private final long seed;
  private final List<PaymentGateway> opened = new ArrayList<>();
  private final Map<String, Script> scripts = new TreeMap<>();
  private final Set<String> acted = new TreeSet<>();
  private Optional<PaymentGateway> gateway = Optional.empty();
  private int numbers;

  Bench(TestTarget target, long seed) {
    this.target = target;
    this.seed = seed;
    this.secret = "canary" + Long.toHexString(new Random(seed).nextLong() | 1L << 62);
    this.provider = target.open(clock, secret, new Random(seed));
    this.network = new Network(provider, clock);
  }

  /** Another like this one, from the beginning. */
  Bench fresh() {
    return new Bench(target, seed);
  }

  GatewayDescription description() {
    return told("describe", provider.gateway().describe());
  }

  /** What the gateway can do with what the target pays with, and whatever the method. */
  Set<Capability> capabilities() {
    GatewayDescription description = description();
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    methods().forEach(method -> all.addAll(description.capabilitiesOf(method)));
    return all;
  }

  /** The payment methods that the target pays with; all, if it pays with none that is known. */
  Set<String> methods() {
    Set<String> known = description().methods().keySet();
    Set<String> paid =
        Stream.of(Script.values())
            .flatMap(script -> target.paying(script).stream())
            .map(PaymentMethod::type)
            .filter(known::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    return paid.isEmpty() ? known : paid;
  }

  /** The gateway, opened when it is first asked for. */
  PaymentGateway gateway() {
    if (gateway.isEmpty()) {
      gateway = Optional.of(another());
    }
    return gateway.get();
  }

  /** The gateway is another instance from now on. */
  void restart() {
    gateway = Optional.of(another());
  }

  /** Another instance of it, as after a restart. */
  PaymentGateway another() {
    return another(provider.settings());
  }

  /** Another instance of it, with other settings. */
  PaymentGateway another(Map<String, String> settings) {
    PaymentGateway one = open(settings);
    opened.add(one);
    return one;
  }

  /** The gateway with other settings, which may be refused. */
  PaymentGateway open(Map<String, String> settings) {
    return told("open", provider.gateway().open(settings(settings), environment()));
  }

  /** Another instance of it, on a server whose clock is another one. */
  PaymentGateway another(Clock itsClock) {
    GatewayEnvironment here =
        new GatewayEnvironment(
            new GatewayInstanceId("main"), Mode.TEST, network, itsClock, TIME_LIMIT);
    PaymentGateway one = told("open", provider.gateway().open(settings(provider.settings()), here));
    opened.add(one);
    return one;
  }

  /** Settings as the framework hands them over: with what is said where nothing is set. */
  GatewaySettings settings(Map<String, String> texts) {
    Map<String, String> all = new TreeMap<>(texts);
    for (SettingSpec spec : description().settings()) {
      spec.fallback().ifPresent(fallback -> all.putIfAbsent(spec.name(), fallback));
    }
    return GatewaySettings.of(all);
  }

  GatewayEnvironment environment() {
    return new GatewayEnvironment(
        new GatewayInstanceId("main"), Mode.TEST, network, clock, TIME_LIMIT);
  }

  /** The gateway as one that can do more; what the check needs is declared. */
  <C> C as(Class<C> type) {
    return as(gateway(), type);
  }

  static <C> C as(PaymentGateway gateway, Class<C> type) {
    return Capability.in(gateway, type)
        .orElseThrow(
            () ->
                new AssertionError(
                    "The capability is declared, but the gateway does not implement "
                        + type.getSimpleName()));
  }

  /** What a customer pays with whose charge goes as scripted. */
  PaymentMethod paying(Script script) {
    return target
        .paying(script)
        .orElseThrow(() -> new NotVerifiable("the target's provider can't be told to " + script));
  }

  CurrencyUnit currency() {
    return provider.currencies().get(0);
  }

  /** Ten of the currency's units. */
  Money ten() {
    return money(10);
  }

  Money money(int units) {
    return Money.ofMajor(currency(), units);
  }

  /** A sale of ten that goes as scripted, under a reference and a key of its own. */
  ChargeRequest sale(Script script) {
    return sale(script, ten());
  }

  ChargeRequest sale(Script script, Money amount) {
    PaymentMethod method = paying(script);
    int number = ++numbers;
    ChargeRequest request =
        ChargeRequest.sale("ref-" + number, "key-" + number, amount, method)
            .describedAs("Order " + number);
    scripts.put(request.reference(), script);
    MethodSpec spec = description().methods().get(method.type());
    return spec != null && spec.needsReturnUrl() ? request.returningTo(RETURN_URL) : request;
  }

  /** Storing a method without a charge, under a reference and a key of its own. */
  SetUpRequest setUp(Script script) {
    ChargeRequest like = sale(script);
    return new SetUpRequest(
        like.reference(),
        like.idempotencyKey(),
        like.method(),
        new Agreement(Agreement.Use.RECURRING, "Charged each month until cancelled.", START),
        like.returnUrl(),
        CUSTOMER);
  }

  /** A key that no other operation of this check has. */
  String newKey() {
    return "key-" + ++numbers;
  }

  /**
   * What comes of a charge; where customers are always sent to the provider first, they go there
   * and do as scripted.
   */
  Outcome charge(ChargeRequest request) {
    return charge(gateway(), request);
  }

  /** The same, by another instance. */
  Outcome charge(PaymentGateway asked, ChargeRequest request) {
    Outcome begun = told("charge", asked.charge(request));
    Script script = scripted(request);
    return begun instanceof Outcome.ActionRequired action
            && script != Script.ACTION
            && Taking.isApprovedElsewhere(request)
        ? Taking.after(this, request, script, action.snapshot()).by(asked)
        : begun;
  }

  /** The call that takes the money of a charge, after whatever has to happen before. */
  Taking taking(ChargeRequest request) {
    return Taking.of(this, request, scripted(request));
  }

  /** What comes of a charge whose call that takes the money meets a fault. */
  Outcome struck(Fault fault, ChargeRequest request) {
    Taking taking = taking(request);
    network.strikeNext(fault);
    return taking.by(gateway());
  }

  /** The call that is left to be made once the customer has done as scripted. */
  Taking afterAction(ChargeRequest request, Outcome.ActionRequired begun) {
    return Taking.after(this, request, scripted(request), begun.snapshot());
  }

  /** A customer acts once, though a provider may tell again that it was to be done. */
  synchronized boolean customerActs(Script script, String charge) {
    return !acted.add(charge) || target.customerActs(provider, script, charge);
  }

  Script scripted(ChargeRequest request) {
    return scripts.getOrDefault(request.reference(), Script.APPROVE);
  }

  /** A call's outcome, which has to be one. */
  static <O> O told(String call, O outcome) {
    if (outcome == null) {
      throw new AssertionError(call + "() returned null.");
    }
    return outcome;
  }

  /** What the provider knows of a charge, when asked by our reference and these facts. */
  Lookup lookup(PaymentGateway asked, ChargeRequest request, PaymentFacts known) {
    return told(
        "lookup",
        asked.lookup(trace(request, OperationKind.CHARGE, request.idempotencyKey(), known)));
  }

  Ledger ledger() {
    return provider.ledger();
  }

  /** So many of the currency's smallest steps. */
  Money cents(int steps) {
    return description().currencies().smallest(currency()).multipliedBy(steps);
  }

  /** Lets so much time pass that whatever the provider's lists lack is in them. */
  void settle() {
    clock.advance(
        description()
            .recoveryOf(OperationKind.CHARGE)
            .lookup()
            .map(lookup -> lookup.settles())
            .orElse(Duration.ofMinutes(1))
            .plusSeconds(1));
  }

  /** Lets something happen at the provider. */
  void happens(SimulatedProvider.Happening what, String id) {
    if (!provider.happens(what, id)) {
      throw new NotVerifiable("the target's provider can't let happen: " + what);
    }
  }

  /** What a lookup finds, which has to be something. */
  PaymentFacts found(PaymentGateway asked, ChargeRequest request, PaymentFacts known) {
    return Expect.lookup(Lookup.Found.class, lookup(asked, request, known)).snapshot().facts();
  }

  Trace trace(ChargeRequest request, OperationKind kind, String key, PaymentFacts known) {
    Trace.InDoubt doubt = new Trace.InDoubt(kind, key, clock.instant());
    return new Trace(Optional.of(request.reference()), START, Optional.of(doubt), known);
  }

  /** The one charge in the provider's books. */
  Ledger.Charge theCharge() {
    List<Ledger.Charge> charges = ledger().charges();
    Expect.that(
        charges.size() == 1,
        "The provider's books have " + charges.size() + " charges instead of 1.");
    return charges.get(0);
  }

  /** How well a gateway closes is a check of its own, and no other check's verdict. */
  @Override
  public void close() {
    for (PaymentGateway one : opened) {
      try {
        one.close();
      } catch (RuntimeException e) {
        // GW-CONF-04 tells it.
        continue;
      }
    }
  }
}
