package dev.gatehouse.testkit.conformance;

import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.joda.money.CurrencyUnit;

/** Found, described, and as described. */
final class DiscoveryRules {
  private static final int ROUNDS = 3;
  private static final int TIMES = 50;

  private DiscoveryRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-DISC-01", Group.DISCOVERY)
            .rule("The provider is found once by ServiceLoader, under its id.")
            .why("A JAR that is dropped in and not found takes no payments, and says nothing.")
            .remedy(
                "Name the class in META-INF/services/dev.gatehouse.spi.GatewayProvider, and in"
                    + " module-info with provides.")
            .by(DiscoveryRules::found),
        Rule.must("GW-DISC-02", Group.DISCOVERY)
            .rule("The id is 1 to 32 of a-z, 0-9 and '-', and the same each time.")
            .why("The id stands in settings and in stored payments for years.")
            .remedy("Return a constant.")
            .by(DiscoveryRules::id),
        Rule.must("GW-DISC-03", Group.DISCOVERY)
            .rule("The description is the same each time, whatever was opened, without a request.")
            .why("It is read before anything is configured.")
            .remedy("Build it from constants.")
            .by(DiscoveryRules::description),
        Rule.must("GW-DISC-04", Group.DISCOVERY)
            .rule("The framework accepts the description.")
            .why("A gateway whose description contradicts itself is refused when the shop starts.")
            .remedy("Mend what the message names.")
            .by(DiscoveryRules::accepted),
        Rule.must("GW-DISC-05", Group.DISCOVERY)
            .rule("What is declared is implemented, and what is implemented is declared.")
            .why("The framework offers what is declared, and asks for nothing else.")
            .remedy("Declare a capability exactly if the gateway implements its interface.")
            .by(DiscoveryRules::declared),
        Rule.must("GW-DISC-06", Group.DISCOVERY)
            .rule("Made and described, it has started no thread.")
            .why("A gateway that lies in the folder and is not configured must cost nothing.")
            .remedy("Start what you need in open(), and end it in close().")
            .by(DiscoveryRules::noThreads),
        Rule.should("GW-DISC-07", Group.DISCOVERY)
            .rule("It charges and looks up on a thread that has no context class loader.")
            .why(
                "The framework lends it to the calling thread; threads of a library or of a pool"
                    + " have another, or none.")
            .remedy("Load classes and files by getClass().getClassLoader().")
            .by(DiscoveryRules::withoutContext));
  }

  private static void found(Bench bench) {
    Class<?> type = bench.provider.gateway().getClass();
    long times =
        ServiceLoader.load(GatewayProvider.class, type.getClassLoader()).stream()
            .filter(provider -> provider.type().equals(type))
            .count();
    Expect.equal("How often ServiceLoader finds " + type.getName(), 1L, times);
  }

  private static void id(Bench bench) {
    String id = bench.provider.gateway().id();
    Expect.that(id != null && id.matches("[a-z0-9-]{1,32}"), "The id is " + id + ".");
    Expect.equal("The id, asked for again", id, bench.provider.gateway().id());
    Expect.equal("The gateway's id, which its target has to name,", bench.target.gateway(), id);
  }

  private static void description(Bench bench) {
    GatewayDescription first = bench.description();
    demandSame(first, bench.description());
    bench.gateway();
    demandSame(first, bench.description());
    bench.another(ConfigurationRules.otherKeys(bench));
    demandSame(first, bench.description());
    try (Bench fresh = bench.fresh()) {
      demandSame(first, fresh.description());
    }
    Expect.that(
        !first.name().isBlank() && !first.version().isBlank(), "It has no name or version.");
    Expect.equal("The requests sent", 0, bench.network.sent().size());
  }

  static void demandSame(GatewayDescription first, GatewayDescription second) {
    Expect.equal("The name", first.name(), second.name());
    Expect.equal("The version", first.version(), second.version());
    Expect.equal("The methods", first.methods(), second.methods());
    Expect.equal("The capabilities", first.gatewayCapabilities(), second.gatewayCapabilities());
    Expect.equal("The settings", first.settings(), second.settings());
    Expect.equal("The recovery", first.recovery(), second.recovery());
    Expect.equal("The description limit", first.descriptionLimit(), second.descriptionLimit());
    Expect.equal("The currencies", amounts(first.currencies()), amounts(second.currencies()));
  }

  /** How each currency is written, and what of it may be charged. */
  private static Map<CurrencyUnit, List<Object>> amounts(CurrencyProfile profile) {
    Map<CurrencyUnit, List<Object>> all = new TreeMap<>();
    for (CurrencyUnit unit : profile.currencies()) {
      all.put(unit, List.of(profile.smallest(unit), profile.minimum(unit), profile.maximum(unit)));
    }
    return all;
  }

  private static void accepted(Bench bench) {
    GatewayCatalog catalog = GatewayCatalog.of(bench.provider.gateway());
    Expect.equal(
        "What the framework refuses",
        List.of(),
        catalog.refusals().stream().map(GatewayCatalog.Refusal::describe).toList());
  }

  private static void declared(Bench bench) {
    for (Capability capability : Capability.values()) {
      boolean declared = bench.description().capabilities().contains(capability);
      capability
          .implementedBy()
          .ifPresent(
              type ->
                  Expect.equal(
                      "Whether " + type.getSimpleName() + " is implemented",
                      declared,
                      Capability.in(bench.gateway(), type).isPresent()));
    }
  }

  /** A new thread belongs to the group of the one that started it, unless it says otherwise. */
  private static void noThreads(Bench bench) throws InterruptedException {
    ThreadGroup here = new ThreadGroup("gatehouse-discovery");
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              GatewayProvider made = bench.provider.gateway();
              return made.id() + " " + Bench.told("describe", made.describe()).name();
            });
    Thread maker = new Thread(here, task, "gatehouse-discovery");
    maker.setDaemon(true);
    maker.start();
    maker.join();
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new AssertionError("It could not be made and described: " + e.getCause());
    }
    Thread[] left = new Thread[1];
    int count = here.enumerate(left, true);
    Expect.that(
        count == 0, "It started a thread" + (count == 0 ? "" : ", " + left[0].getName()) + ".");
    demandNoneStarted(bench);
  }

  /** One that has ended by now is counted all the same. Others start threads, too, not so many. */
  private static void demandNoneStarted(Bench bench) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getTotalStartedThreadCount();
      for (int i = 0; i < TIMES; i++) {
        bench.description();
      }
      if (threads.getTotalStartedThreadCount() - before < TIMES) {
        return;
      }
    }
    throw new AssertionError("It starts a thread each time that it is described.");
  }

  private static void withoutContext(Bench bench) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      Outcome outcome = Expect.outcome(Outcome.Succeeded.class, bench.charge(sale));
      bench.settle();
      bench.found(bench.gateway(), sale, outcome.snapshot().facts());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
