package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Amounts on the wire. */
final class CurrencyRules {
  /**
   * More steps than 24 bits hold, odd, and no more than the eight digits that many providers take.
   */
  private static final int BEYOND_FLOAT = 98_765_431;

  private CurrencyRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-CURR-01", Group.CURRENCY)
            .rule(
                "In every currency that the target lists, the provider books exactly what was"
                    + " asked for, down to the smallest step: charges, captures and refunds.")
            .why(
                "A hundredth too much in yen is a hundred times too much; dinars have thousandths.")
            .remedy(
                "Write amounts by description().currencies(): toMinor or toDecimal. Never"
                    + " multiply by 100, never use double.")
            .by(CurrencyRules::exact),
        Rule.must("GW-CURR-02", Group.CURRENCY)
            .rule("A snapshot's amounts are those that the provider says, in its currency.")
            .why("Reading 1000 as 10.00 in a currency without decimals gives goods away.")
            .remedy("Read amounts by fromMinor or fromDecimal of the same profile.")
            .by(CurrencyRules::echoed));
  }

  private static List<Money> amounts(Bench bench, CurrencyUnit currency) {
    Money step = bench.description().currencies().smallest(currency);
    // Where there are no decimals, ten is less than any provider takes.
    Money usual = Money.ofMajor(currency, currency.getDecimalPlaces() == 0 ? 1000 : 10);
    Money least = bench.description().currencies().minimum(currency).orElse(usual);
    Money base = least.isGreaterThan(usual) ? least : usual;
    List<Money> amounts = new ArrayList<>();
    amounts.add(base);
    amounts.add(base.plus(step));
    amounts.add(base.multipliedBy(7).plus(step.multipliedBy(99)));
    Money large = step.multipliedBy(BEYOND_FLOAT);
    if (bench.description().currencies().check("amount", large).isEmpty()) {
      amounts.add(large);
    }
    return amounts;
  }

  private static void exact(Bench bench) {
    for (CurrencyUnit currency : bench.provider.currencies()) {
      for (Money amount : amounts(bench, currency)) {
        ChargeRequest sale = bench.sale(Script.APPROVE, amount);
        bench.charge(sale);
        Expect.equal(
            "What the provider booked",
            List.of(amount),
            bench.ledger().chargesOf(sale.reference()).stream().map(c -> c.amount()).toList());
      }
      moved(bench, amounts(bench, currency).get(1));
    }
  }

  /** Moves in the same amounts, as captures and refunds are often written elsewhere. */
  static void moved(Bench bench, Money amount) {
    ChargeRequest sale = bench.sale(Script.APPROVE, amount);
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.REFUND)) {
      RefundRules.Sold sold = RefundRules.sell(bench, sale);
      Expect.outcome(Outcome.Succeeded.class, RefundRules.refund(bench, sold, amount));
      Expect.equal(
          "What the provider gave back",
          List.of(amount),
          bench.ledger().chargesOf(sale.reference()).stream().map(c -> c.refunded()).toList());
    }
    if (declared.contains(Capability.CAPTURE)) {
      ChargeRequest held = bench.sale(Script.APPROVE, amount).holdOnly();
      HoldRules.Held hold = HoldRules.hold(bench, held);
      Expect.outcome(Outcome.Succeeded.class, HoldRules.capture(bench, hold, amount, true));
      Expect.equal(
          "What the provider captured",
          List.of(amount),
          bench.ledger().chargesOf(held.reference()).stream().map(c -> c.captured()).toList());
    }
  }

  /** Where the customer was at the provider's page, that is an attempt, too, and over. */
  private static void demandAttempted(PaymentFacts facts, Money amount) {
    Expect.equal(
        "The attempts in the snapshot",
        1L,
        facts.attempts().values().stream().filter(Attempt::isCurrent).count());
    for (Attempt attempt : facts.attempts().values()) {
      Expect.equal(
          "The amount of the attempt in the snapshot",
          amount,
          attempt.amount().value().orElse(amount));
    }
  }

  private static void echoed(Bench bench) {
    for (CurrencyUnit currency : bench.provider.currencies()) {
      for (Money amount : amounts(bench, currency)) {
        ChargeRequest sale = bench.sale(Script.APPROVE, amount);
        Outcome outcome = Expect.outcome(Outcome.Succeeded.class, bench.charge(sale));
        demandAttempted(outcome.snapshot().facts(), amount);
        Expect.equal(
            "The captures of " + amount + " in the snapshot",
            1,
            Expect.done(outcome.snapshot().facts(), MovementKind.CAPTURE).size());
        outcome
            .snapshot()
            .facts()
            .movements()
            .values()
            .forEach(
                movement ->
                    Expect.equal(
                        "The amount of a movement in the snapshot",
                        amount,
                        movement.amount().value().orElse(null)));
      }
    }
  }
}
