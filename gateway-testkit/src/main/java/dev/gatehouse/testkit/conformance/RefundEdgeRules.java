package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.conformance.RefundRules.Sold;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/** Money given back again, in the end, in vain, or where there is none. */
final class RefundEdgeRules {
  private RefundEdgeRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-REFUND-06", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("The same refund again gives nothing more back, and has the same result.")
            .why("After a time-out the framework sends again, and nobody returns a gift.")
            .remedy("Send request.idempotencyKey() with the refund, unchanged.")
            .by(RefundEdgeRules::again),
        Rule.must("GW-REFUND-07", Group.REFUND)
            .needs(Capability.REFUND, Capability.AUTHORIZE)
            .rule("A refund of what is only held is refused, and the hold stays.")
            .why("Nothing was taken; who is told of a refund waits for money.")
            .remedy("Map the provider's refusal to NotSent or Declined; never void instead.")
            .by(RefundEdgeRules::uncaptured),
        Rule.must("GW-REFUND-08", Group.REFUND)
            .needs(Capability.PARTIAL_REFUND)
            .rule("Several parts may give back all that was taken, and then no more.")
            .why("A refund that is lost among others is money that the customer lacks.")
            .remedy("Send each refund's own amount and key; show each under the provider's id.")
            .by(RefundEdgeRules::downToZero),
        Rule.must("GW-REFUND-09", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("A refund under way that has succeeded is shown as done by a lookup.")
            .why("A refund that stays open for ever is made again by hand.")
            .remedy("Show the refund's present status in lookup(), and not that of its answer.")
            .by(RefundEdgeRules::succeedsLater),
        Rule.must("GW-REFUND-10", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("What a refund that failed did not give back can be refunded again.")
            .why("The customer has no money yet.")
            .remedy("Send what you are asked for; don't remember what was refunded.")
            .by(RefundEdgeRules::restored),
        Rule.must("GW-REFUND-11", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("A refund in another currency than the capture's gives nothing back.")
            .why("1000 yen that are given back as 1000 euros do not return.")
            .remedy(
                "Send the currency with the refund; where the provider takes none, compare it"
                    + " with the capture's in the trace.")
            .by(RefundEdgeRules::otherCurrency),
        Rule.must("GW-REFUND-12", Group.REFUND)
            .needs(Capability.PARTIAL_REFUND, Capability.MULTIPLE_CAPTURES)
            .rule("Of several captures, the one that is named gives the money back.")
            .why("A parcel that comes back is refunded out of another, and then that one can't be.")
            .remedy("Send request.capture() with the refund; show it outOf() that capture.")
            .by(RefundEdgeRules::outOfTheOneNamed),
        Rule.must("GW-REFUND-13", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("A refund that came back from the customer's bank is shown as no longer done.")
            .why("The customer waits for money that the shop has again.")
            .remedy("Show it as UNDONE; as NEVER if the provider says only that it failed.")
            .by(RefundEdgeRules::undone));
  }

  private static void again(Bench bench) {
    Sold sold = RefundRules.sell(bench, Script.APPROVE);
    boolean parts = bench.capabilities().contains(Capability.PARTIAL_REFUND);
    Money amount = parts ? bench.money(3) : bench.ten();
    String key = bench.newKey();
    Outcome first = RefundRules.refund(bench, sold, key, amount);
    Outcome second = RefundRules.refund(bench, sold, key, amount);
    Expect.outcome(Outcome.Succeeded.class, first);
    Expect.equal("What the provider has given back", amount, bench.theCharge().refunded());
    Expect.outcome(Outcome.Succeeded.class, second);
    Expect.equal(
        "The refunds of the second answer",
        Expect.done(first.snapshot().facts(), MovementKind.REFUND),
        Expect.done(second.snapshot().facts(), MovementKind.REFUND));
  }

  private static void uncaptured(Bench bench) {
    HoldRules.Held held = HoldRules.hold(bench);
    Sold nothing = new Sold(held.request(), held.facts(), held.authorization());
    Outcome outcome = RefundRules.refund(bench, nothing, bench.ten());
    Expect.refused("A refund of what is only held", outcome);
    Expect.equal(
        "The hold in the provider's books",
        "open",
        bench.theCharge().authorization().map(Ledger.Authorization::status).orElse("missing"));
    Expect.equal("The refunds in the provider's books", 0, bench.theCharge().refunds().size());
  }

  private static void downToZero(Bench bench) {
    Sold sold = RefundRules.sell(bench, Script.APPROVE);
    Set<String> shown = new TreeSet<>();
    for (int units : List.of(3, 3, 4)) {
      Outcome outcome = RefundRules.refund(bench, sold, bench.money(units));
      Expect.outcome(Outcome.Succeeded.class, outcome);
      shown.addAll(Expect.done(outcome.snapshot().facts(), MovementKind.REFUND));
    }
    Expect.equal("What the provider has given back", bench.ten(), bench.theCharge().refunded());
    Expect.equal("The refunds that the answers show", 3, shown.size());
    bench.settle();
    PaymentFacts later = bench.found(bench.another(), sold.request(), sold.facts());
    Expect.equal(
        "The refunds that a lookup shows",
        shown,
        new TreeSet<>(Expect.done(later, MovementKind.REFUND)));
    Outcome more = RefundRules.refund(bench, sold, bench.money(1));
    Expect.noSuccess("A refund of money that is all given back", more);
    Expect.equal("What the provider has given back", bench.ten(), bench.theCharge().refunded());
  }

  private static Sold refunding(Bench bench, Script script) {
    Sold sold = RefundRules.sell(bench, script);
    Outcome outcome = RefundRules.refund(bench, sold, bench.ten());
    PaymentFacts facts = Expect.outcome(Outcome.Pending.class, outcome).snapshot().facts();
    return new Sold(sold.request(), sold.facts().join(facts), sold.capture());
  }

  private static List<Ledger.Refund> booked(Bench bench, int many) {
    List<Ledger.Refund> booked = bench.theCharge().refunds();
    Expect.equal("The refunds in the provider's books", many, booked.size());
    return booked;
  }

  private static void succeedsLater(Bench bench) {
    Sold sold = refunding(bench, Script.REFUND_PENDING);
    PaymentGateway early = bench.another();
    bench.lookup(early, sold.request(), sold.facts());
    bench.happens(Happening.REFUND_SUCCEEDS, booked(bench, 1).get(0).id());
    bench.settle();
    // Whoever looked before has nothing to remember.
    for (PaymentGateway asked : List.of(bench.another(), early)) {
      PaymentFacts seen = bench.found(asked, sold.request(), sold.facts());
      Expect.equal(
          "The refunds that a lookup shows as done",
          1,
          Expect.done(seen, MovementKind.REFUND).size());
    }
  }

  private static void restored(Bench bench) {
    Sold sold = refunding(bench, Script.REFUND_FAILS);
    bench.happens(Happening.REFUND_FAILS, booked(bench, 1).get(0).id());
    bench.settle();
    Outcome outcome = RefundRules.refund(bench, sold, bench.ten());
    Expect.that(
        outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Pending,
        "A refund after one that failed was answered with " + Words.of(outcome) + ".");
    booked(bench, 2);
    bench.settle();
    PaymentFacts seen =
        bench.found(bench.another(), sold.request(), sold.facts().join(outcome.snapshot().facts()));
    List<Movement> living = new ArrayList<>(seen.movements().values());
    living.removeIf(
        movement -> !movement.is(MovementKind.REFUND) || movement.step().isAt(MovementStep.NEVER));
    Expect.equal("The refunds that a lookup shows, but for the failed one,", 1, living.size());
  }

  private static void outOfTheOneNamed(Bench bench) {
    HoldRules.Held held = HoldRules.hold(bench);
    PaymentFacts known = held.facts();
    for (int units : List.of(4, 4)) {
      Outcome outcome = HoldRules.capture(bench, held, bench.money(units), false);
      known = known.join(outcome.snapshot().facts());
    }
    for (String capture : Expect.done(known, MovementKind.CAPTURE)) {
      Sold sold = new Sold(held.request(), known, capture);
      Outcome outcome = RefundRules.refund(bench, sold, bench.money(4));
      Expect.outcome(Outcome.Succeeded.class, outcome);
      known = known.join(outcome.snapshot().facts());
    }
    Expect.equal(
        "The captures that the provider has refunded",
        bench.theCharge().captures().stream().map(Ledger.Capture::id).sorted().toList(),
        bench.theCharge().refunds().stream().map(Ledger.Refund::capture).sorted().toList());
  }

  private static void undone(Bench bench) {
    Sold sold = RefundRules.sell(bench, Script.APPROVE);
    Outcome outcome = RefundRules.refund(bench, sold, bench.ten());
    PaymentFacts facts = Expect.outcome(Outcome.Succeeded.class, outcome).snapshot().facts();
    bench.happens(Happening.REFUND_UNDONE, booked(bench, 1).get(0).id());
    bench.settle();
    PaymentFacts known = sold.facts().join(facts);
    PaymentFacts seen = known.join(bench.found(bench.another(), sold.request(), known));
    Expect.equal(
        "The refunds that are shown as done", List.of(), Expect.done(seen, MovementKind.REFUND));
  }

  private static void otherCurrency(Bench bench) {
    Sold sold = RefundRules.sell(bench, Script.APPROVE);
    Outcome outcome = RefundRules.refund(bench, sold, HoldEdgeRules.foreign(bench, 4));
    Expect.noSuccess("A refund in another currency", outcome);
    Expect.equal("The refunds in the provider's books", 0, bench.theCharge().refunds().size());
  }
}
