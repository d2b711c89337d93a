package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** What customers dispute. */
final class DisputeRules {
  private static final Duration SETTLED = Duration.ofHours(1);

  private DisputeRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-DISP-01", Group.CHANGES)
            .rule("A lookup shows a dispute, and the money that it took.")
            .why("Goods are sent out, and refunds made, with money that the bank has taken back.")
            .remedy("Show each dispute, and its money as a movement DISPUTE_WITHDRAWAL.")
            .by(DisputeRules::opened),
        Rule.must("GW-DISP-02", Group.CHANGES)
            .rule("A lookup shows how a dispute was decided, and whose the money is then.")
            .why("Money that came back is missing from the books, or is counted as kept.")
            .remedy("Show WON or LOST, and money given back as DISPUTE_REINSTATEMENT.")
            .by(DisputeRules::decided),
        Rule.must("GW-DISP-03", Group.CHANGES)
            .needs(Capability.WEBHOOKS)
            .rule("A dispute is announced as one of its payment, and is found by that.")
            .why("Evidence has to be sent within days, and nobody looks up old payments.")
            .remedy("Verify notices of disputes, and hint at the payment that they are about.")
            .by(DisputeRules::announced),
        Rule.must("GW-DISP-04", Group.CHANGES)
            .needs(Capability.CHANGES)
            .rule("A dispute is in the list of changes.")
            .why("A notice of a dispute that got lost is learned of from this list alone.")
            .remedy("List the provider's events of disputes, too.")
            .by(DisputeRules::listed));
  }

  /** A sale that was disputed. */
  private static RefundRules.Sold disputed(Bench bench) {
    RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
    bench.clock.advance(SETTLED);
    bench.provider.takeWebhooks();
    if (!bench.provider.happens(Happening.DISPUTED, bench.theCharge().id())) {
      throw Lack.DISPUTES.missingIn(bench.target);
    }
    bench.clock.advance(SETTLED);
    return sold;
  }

  private static void opened(Bench bench) {
    RefundRules.Sold sold = disputed(bench);
    PaymentFacts facts = seen(bench, sold, sold.facts());
    Expect.that(!dispute(facts).isDecided(), "The dispute is shown as decided, and is open.");
    demandMoney(bench, facts);
  }

  private static PaymentFacts seen(Bench bench, RefundRules.Sold sold, PaymentFacts known) {
    return bench.found(bench.another(), sold.request(), known);
  }

  private static Dispute dispute(PaymentFacts facts) {
    Expect.equal("How many disputes a lookup shows", 1, facts.disputes().size());
    return facts.disputes().values().iterator().next();
  }

  private static void demandMoney(Bench bench, PaymentFacts facts) {
    Money taken = moved(bench, facts, MovementKind.DISPUTE_WITHDRAWAL);
    Money back = moved(bench, facts, MovementKind.DISPUTE_REINSTATEMENT);
    Expect.equal(
        "The money that a lookup shows as taken by a dispute",
        bench.theCharge().disputed(),
        taken.minus(back));
  }

  private static Money moved(Bench bench, PaymentFacts facts, MovementKind kind) {
    Money sum = Money.zero(bench.currency());
    for (String id : Expect.done(facts, kind)) {
      Optional<Money> amount = Expect.movement(facts, id).amount().value();
      if (amount.isPresent()) {
        Expect.equal(
            "The currency of money that a dispute moved",
            bench.currency(),
            amount.get().getCurrencyUnit());
        sum = sum.plus(amount.get());
      }
    }
    return sum;
  }

  private static void decided(Bench bench) {
    decided(bench, Happening.DISPUTE_WON, DisputeStatus.WON);
    decided(bench.fresh(), Happening.DISPUTE_LOST, DisputeStatus.LOST);
  }

  private static void decided(Bench bench, Happening how, DisputeStatus wanted) {
    try (bench) {
      RefundRules.Sold sold = disputed(bench);
      PaymentFacts known = sold.facts().join(seen(bench, sold, sold.facts()));
      Ledger.Dispute open = bench.theCharge().disputes().get(0);
      bench.happens(how, open.id());
      bench.clock.advance(SETTLED);
      PaymentFacts facts = seen(bench, sold, known);
      Expect.equal(
          "The status of the dispute", Optional.of(wanted), dispute(facts).status().value());
      demandMoney(bench, facts);
    }
  }

  private static void announced(Bench bench) {
    disputed(bench);
    List<WebhookNotice> told = new ArrayList<>();
    bench
        .provider
        .takeWebhooks()
        .forEach(notice -> told.addAll(NoticeRules.read(bench, bench.provider.signedNow(notice))));
    Expect.that(!told.isEmpty(), "A dispute is not announced.");
    Lookup lookup = NoticeRules.follow(bench, told.get(0).hint());
    dispute(Expect.lookup(Lookup.Found.class, lookup).snapshot().facts());
  }

  private static void listed(Bench bench) {
    RefundRules.Sold sold = disputed(bench);
    // What happened before the dispute is not asked for.
    ChangeReader reader =
        new ChangeReader(bench, bench.clock.instant().minus(SETTLED).minusSeconds(1));
    bench.clock.advance(SETTLED);
    reader.readAll(Bench.as(bench.another(), ListsChanges.class));
    Expect.that(reader.has(sold.request(), sold.facts()), "The list of changes lacks a dispute.");
  }
}
