package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What is used must be given back. */
final class ResourceRules {
  static final int TIMES = 100;

  /** So many threads more may belong to something that is shared, or to somebody else. */
  private static final int OTHERS = TIMES / 2;

  private static final long PATIENCE_MILLIS = 3_000;

  private ResourceRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-RSRC-01", Group.RESOURCES)
            .rule(
                "A closed gateway sends nothing, and says so: NotSent, CannotTell, or a typed error.")
            .why(
                "Settings are reloaded while payments are on their way; a charge by the old"
                    + " credentials is lost to the new ones.")
            .remedy("Set a flag in close(), and answer NotSent or CannotTell where it is set.")
            .by(ResourceRules::usedAfterClose),
        Rule.must("GW-RSRC-02", Group.RESOURCES)
            .rule("It can be closed before it was used, twice, and while another is open.")
            .why("What throws in close() hides why it was closed, and keeps others open.")
            .remedy("Release only what was taken, in any order; let the second close do nothing.")
            .by(ResourceRules::closedTwice),
        Rule.must("GW-RSRC-03", Group.RESOURCES)
            .rule("Opened, used and closed " + TIMES + " times, it leaves no threads behind.")
            .why("Each reload of the settings would leave some, until the server is out of memory.")
            .remedy("Shut executors and clients of the SDK down in close().")
            .by(ResourceRules::threads),
        Rule.must("GW-RSRC-04", Group.RESOURCES)
            .rule("A closed gateway that nobody has any more can be collected.")
            .why("What a static map keeps stays, credentials and all, with each reload.")
            .remedy("Keep instances in no static field, thread-local or shutdown hook.")
            .by(MemoryRules::collectable),
        Rule.must("GW-RSRC-05", Group.RESOURCES)
            .rule(
                "Opened, used and closed "
                    + TIMES
                    + " times, it leaves no sockets and files open, as far as the JVM tells.")
            .why("A process may have some thousand of them; then the shop takes no customers.")
            .remedy("Close in close() whatever open() or a call has opened.")
            .by(MemoryRules::handles),
        Rule.must("GW-RSRC-06", Group.RESOURCES)
            .rule("After 1,000 calls an instance has no more memory than before.")
            .why("One instance serves for months; what each call leaves ends the server one night.")
            .remedy("Bound every cache, and keep nothing of a call.")
            .by(MemoryRules::heap),
        Rule.must("GW-RSRC-07", Group.RESOURCES)
            .rule("When it is closed and let go of, its classes can be unloaded.")
            .why(
                "A gateway's JAR is replaced while the shop runs; the old one would stay for good.")
            .remedy("End threads and hooks, and unregister whatever the JDK or an SDK knows of it.")
            .by(MemoryRules::unloadable),
        Rule.must("GW-RSRC-08", Group.RESOURCES)
            .rule("A gateway that is closed leaves the framework's transport open.")
            .why("It is the same one for all gateways: one shop's reload would end all payments.")
            .remedy("Never close environment.http(), nor an SDK's client that would close it.")
            .by(ResourceRules::transportLeftOpen));
  }

  private static void usedAfterClose(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    ChargeRequest late = bench.sale(Script.APPROVE);
    PaymentGateway gateway = bench.gateway();
    Set<Capability> can = bench.capabilities();
    List<Runnable> others = new ArrayList<>();
    if (can.contains(Capability.REFUND)) {
      RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
      others.add(() -> demandNotDone(RefundRules.refund(bench, sold, "late-1", bench.ten())));
    }
    if (can.contains(Capability.CAPTURE)) {
      HoldRules.Held held = HoldRules.hold(bench);
      others.add(() -> demandNotDone(HoldRules.capture(bench, held, bench.ten(), true)));
    }
    if (can.contains(Capability.VOID)) {
      HoldRules.Held held = HoldRules.hold(bench);
      others.add(() -> demandNotDone(HoldRules.release(bench, held)));
    }
    if (can.contains(Capability.CHANGES)) {
      others.add(() -> bench.as(ListsChanges.class).changesSince(Bench.START));
    }
    gateway.close();
    int before = bench.network.sent().size();
    try {
      Expect.outcome(Outcome.NotSent.class, Bench.told("charge", gateway.charge(late)));
    } catch (GatehouseException refused) {
      // As good as an answer: it is typed.
    }
    try {
      Expect.lookup(Lookup.CannotTell.class, bench.lookup(gateway, sale, facts));
    } catch (GatehouseException refused) {
      // As good as an answer: it is typed.
    }
    for (Runnable other : others) {
      try {
        other.run();
      } catch (GatehouseException refused) {
        // As good as an answer: it is typed.
      }
    }
    Expect.equal(
        "The requests that the closed gateway sent", 0, bench.network.sent().size() - before);
  }

  private static void demandNotDone(Outcome outcome) {
    Expect.outcome(Outcome.NotSent.class, outcome);
  }

  private static void transportLeftOpen(Bench bench) {
    bench.charge(bench.sale(Script.APPROVE));
    bench.gateway().close();
    Expect.that(!bench.network.isClosed(), "It closed the transport that was lent to it.");
  }

  private static void closedTwice(Bench bench) {
    PaymentGateway unused = bench.another();
    unused.close();
    unused.close();
    PaymentGateway used = bench.another();
    bench.charge(used, bench.sale(Script.APPROVE));
    PaymentGateway open = bench.another();
    used.close();
    used.close();
    Expect.outcome(Outcome.Succeeded.class, bench.charge(open, bench.sale(Script.APPROVE)));
  }

  private static void threads(Bench bench) throws InterruptedException {
    once(bench);
    Set<Thread> before = alive();
    for (int i = 0; i < TIMES; i++) {
      once(bench);
      moves(bench);
    }
    Set<Thread> left = new HashSet<>(alive());
    left.removeAll(before);
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    for (Thread thread : left) {
      long millis = (until - System.nanoTime()) / 1_000_000;
      if (millis > 0) {
        thread.join(millis);
      }
    }
    left.removeIf(thread -> !thread.isAlive());
    Expect.that(
        left.size() < OTHERS,
        "After it was opened and closed "
            + TIMES
            + " times, "
            + left.size()
            + " threads more are alive, such as "
            + left.stream().map(Thread::getName).findFirst().orElse("none")
            + ".");
  }

  static void once(Bench bench) {
    try (PaymentGateway gateway = bench.open(bench.provider.settings())) {
      bench.charge(gateway, bench.sale(Script.APPROVE));
    }
  }

  /** One use of each call that moves money, by instances of their own. */
  private static void moves(Bench like) {
    try (Bench bench = like.fresh()) {
      MoveDoubtRules.declared(bench).values().forEach(Supplier::get);
    }
  }

  private static Set<Thread> alive() {
    return Thread.getAllStackTraces().keySet();
  }
}
