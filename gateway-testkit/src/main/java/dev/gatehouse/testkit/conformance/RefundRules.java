package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** Money given back. */
final class RefundRules {
  private RefundRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-REFUND-01", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("A refund gives the amount back once, and shows it.")
            .why("A customer who waits for the money disputes the charge, which costs a fee.")
            .remedy(
                "Refund the capture of the request, and show a movement REFUND under the"
                    + " request's key.")
            .by(bench -> refunded(bench, bench.ten())),
        Rule.must("GW-REFUND-02", Group.REFUND)
            .needs(Capability.PARTIAL_REFUND)
            .rule("A refund of a part gives back just that part.")
            .why("A gateway that leaves the amount out refunds everything.")
            .remedy("Send the request's amount with the refund.")
            .by(bench -> refunded(bench, bench.money(3))),
        Rule.must("GW-REFUND-03", Group.REFUND)
            .needs(Capability.PARTIAL_REFUND)
            .rule("Two equal parts under two keys are two refunds with two ids.")
            .why("Refunds that look alike are taken for one, and the customer lacks money.")
            .remedy("Tell refunds apart by the provider's id, never by their amount.")
            .by(RefundRules::twoParts),
        Rule.must("GW-REFUND-04", Group.REFUND)
            .needs(Capability.REFUND)
            .rule("More than was taken is not given back, and not said to be.")
            .why("A refund that nobody made is told to a customer.")
            .remedy(
                "Map the provider's refusal to NotSent, or to Declined with the provider's code; if"
                    + " to Unknown, let lookup() show all refunds.")
            .by(RefundRules::tooMuch),
        Rule.must("GW-REFUND-05", Group.REFUND)
            .needs(Capability.REFUND)
            .rule(
                "A refund under way is Pending; when it has failed, a lookup shows that it never"
                    + " happened.")
            .why("A refund that fails at the bank must be made again some other way.")
            .remedy("Show a refund under way as OPEN, and one that failed as NEVER.")
            .by(RefundRules::fails));
  }

  /** A sale that was made. */
  record Sold(ChargeRequest request, PaymentFacts facts, String capture) {}

  static Sold sell(Bench bench, Script script) {
    return sell(bench, bench.sale(script));
  }

  static Sold sell(Bench bench, ChargeRequest sale) {
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, bench.charge(sale)).snapshot().facts();
    List<String> captures = Expect.done(facts, MovementKind.CAPTURE);
    Expect.equal("The captures in the snapshot", 1, captures.size());
    return new Sold(sale, facts, captures.get(0));
  }

  static Outcome refund(Bench bench, Sold sold, Money amount) {
    return refund(bench, sold, bench.newKey(), amount);
  }

  static Outcome refund(Bench bench, Sold sold, String key, Money amount) {
    return Bench.told(
        "refund",
        bench
            .as(RefundsPayments.class)
            .refund(
                new RefundRequest(
                    bench.trace(sold.request, OperationKind.REFUND, key, sold.facts),
                    key,
                    sold.capture,
                    amount,
                    Optional.empty())));
  }

  private static void refunded(Bench bench, Money amount) {
    Sold sold = sell(bench, Script.APPROVE);
    String key = bench.newKey();
    Outcome outcome = refund(bench, sold, key, amount);
    PaymentFacts facts = Expect.outcome(Outcome.Succeeded.class, outcome).snapshot().facts();
    Expect.equal("What the provider has given back", amount, bench.theCharge().refunded());
    List<String> refunds = Expect.done(facts, MovementKind.REFUND);
    Expect.equal("The refunds in the snapshot", 1, refunds.size());
    Expect.equal(
        "The refunded amount",
        amount,
        Expect.movement(facts, refunds.get(0)).amount().value().orElse(null));
    Expect.causedBy(key, Expect.movement(facts, refunds.get(0)));
  }

  private static void twoParts(Bench bench) {
    Sold sold = sell(bench, Script.APPROVE);
    PaymentFacts first = refund(bench, sold, bench.money(2)).snapshot().facts();
    PaymentFacts second = refund(bench, sold, bench.money(2)).snapshot().facts();
    Expect.equal("What the provider has given back", bench.money(4), bench.theCharge().refunded());
    Expect.equal(
        "The refunds that both answers show",
        2,
        Expect.done(first.join(second), MovementKind.REFUND).size());
    bench.settle();
    PaymentFacts later = bench.found(bench.another(), sold.request, sold.facts);
    Expect.equal(
        "The refunds that a lookup shows", 2, Expect.done(later, MovementKind.REFUND).size());
  }

  private static void tooMuch(Bench bench) {
    Sold sold = sell(bench, Script.APPROVE);
    Outcome outcome = refund(bench, sold, bench.money(11));
    if (outcome instanceof Outcome.Unknown) {
      demandClearedUp(bench, sold);
    } else {
      Expect.refused("A refund of more than was taken", outcome);
    }
    Expect.that(bench.theCharge().refunded().isZero(), "The provider has given money back.");
  }

  /** A refusal may stem from a send before; who is careful says Unknown, and then has to know. */
  private static void demandClearedUp(Bench bench, Sold sold) {
    bench.settle();
    Snapshot seen =
        Expect.lookup(Lookup.Found.class, bench.lookup(bench.gateway(), sold.request, sold.facts))
            .snapshot();
    Expect.that(
        seen.complete().contains(FactList.REFUNDS)
            && seen.facts().movements().values().stream()
                .noneMatch(movement -> movement.is(MovementKind.REFUND)),
        "A refund of more than was taken was Unknown, and a lookup does not clear that up.");
  }

  private static void fails(Bench bench) {
    Sold sold = sell(bench, Script.REFUND_FAILS);
    Outcome outcome = refund(bench, sold, bench.ten());
    PaymentFacts facts = Expect.outcome(Outcome.Pending.class, outcome).snapshot().facts();
    Expect.that(
        Expect.done(facts, MovementKind.REFUND).isEmpty(),
        "The snapshot shows a refund as done that the provider is still working on.");
    List<Ledger.Refund> booked = bench.theCharge().refunds();
    Expect.equal("The refunds in the provider's books", 1, booked.size());
    bench.happens(Happening.REFUND_FAILS, booked.get(0).id());
    bench.settle();
    PaymentFacts known = sold.facts.join(facts);
    PaymentFacts seen = bench.found(bench.gateway(), sold.request, known);
    List<Movement> refunds =
        seen.movements().values().stream().filter(m -> m.is(MovementKind.REFUND)).toList();
    Expect.equal("The refunds that a lookup shows, the failed one among them,", 1, refunds.size());
    Expect.that(
        refunds.get(0).step().isAt(MovementStep.NEVER),
        "A lookup shows the refund that failed as " + refunds.get(0).step().latest() + ".");
  }
}
