package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestTokens;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** A charge that takes the money at once. */
final class SaleRules {
  private SaleRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-SALE-01", Group.SALE)
            .rule("An approved sale is Succeeded, and shows one capture of the whole amount.")
            .why(
                "A shop ships on what the capture says. One that is missing or wrong is noticed"
                    + " by the accountant, a month later.")
            .remedy(
                "Map the provider's success to Outcome.Succeeded with a movement CAPTURE that"
                    + " is DONE and has the amount that the provider says.")
            .by(SaleRules::approved),
        Rule.must("GW-SALE-02", Group.SALE)
            .rule("The provider's books have one charge of the amount and currency asked for.")
            .why("An amount that is wrong on the wire is wrong on the customer's statement.")
            .remedy(
                "Send the amount as the currency profile writes it (toMinor, toDecimal), and"
                    + " its own currency.")
            .by(SaleRules::booked),
        Rule.must("GW-SALE-03", Group.SALE)
            .rule("Our reference reaches the provider.")
            .why("After a lost answer the reference is all that finds the charge again.")
            .remedy(
                "Send request.reference() where the provider keeps and finds it, and show it"
                    + " in the snapshot.")
            .by(SaleRules::reference),
        Rule.must("GW-SALE-04", Group.SALE)
            .rule("A decline is Declined with its code, and no money was taken.")
            .why(
                "The customer is told why. A decline that is thrown, or Unknown, is looked up for"
                    + " hours while the customer waits.")
            .remedy("Map the provider's decline codes to DeclineCode; answer Outcome.Declined.")
            .by(SaleRules::declined),
        Rule.must("GW-SALE-05", Group.SALE)
            .rule(
                "A decline with a code that the gateway does not know is still a decline, and"
                    + " keeps that code.")
            .why(
                "Providers add codes every year. A gateway that breaks on one takes payments for"
                    + " unclear that are plainly refused.")
            .remedy(
                "Fall back to DeclineCode.GENERIC_DECLINE, with the provider's code as rawCode.")
            .by(SaleRules::declinedForReasonsUnknown),
        Rule.must("GW-SALE-06", Group.SALE)
            .rule(
                "What the provider is still working on is Pending, and no capture is shown as"
                    + " done.")
            .why(
                "A bank debit takes days and often fails. Whoever ships at once has lost the"
                    + " goods.")
            .remedy(
                "Answer Outcome.Pending with an attempt that is PROCESSING; let lookup show"
                    + " what comes of it.")
            .by(SaleRules::pending),
        Rule.must("GW-SALE-07", Group.SALE)
            .rule("A status that the gateway does not know is neither success nor failure.")
            .why(
                "A new status of the provider's must not give goods away, nor have a customer"
                    + " charged twice.")
            .remedy("Let the default of the switch over statuses be Pending or Unknown.")
            .by(SaleRules::unknownStatus),
        Rule.must("GW-SALE-08", Group.SALE)
            .rule(
                "The facts of a sale, whatever became of it, are those that a lookup shows later.")
            .why(
                "What is told in the answer and what is told in a lookup are joined. Where they"
                    + " differ, an operator is called.")
            .remedy("Read both from the same mapping of the provider's object.")
            .by(Agreement::demandAlways),
        Rule.must("GW-SALE-09", Group.SALE)
            .rule("The amount that is shown is what the provider booked, not what was asked for.")
            .why(
                "Where the two differ, only the framework can raise the alarm, and only if it is"
                    + " told.")
            .remedy(
                "Read the amount of a capture from the provider's answer, never from the"
                    + " request.")
            .by(SaleRules::amountOfTheProvider),
        Rule.must("GW-SALE-10", Group.SALE)
            .rule("A good status with an error in it is Unknown.")
            .why("Proxies and some APIs answer 200 for whatever went wrong.")
            .remedy("Take for a success only what has the provider's object, with its status.")
            .by(SaleRules::errorInGoodAnswer));
  }

  private static void approved(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, bench.charge(sale)).snapshot().facts();
    List<String> captures = Expect.done(facts, MovementKind.CAPTURE);
    Expect.that(
        captures.size() == 1,
        "The snapshot shows " + captures.size() + " captures that are done instead of 1.");
    Expect.equal(
        "The captured amount",
        sale.amount(),
        Expect.movement(facts, captures.get(0)).amount().value().orElse(null));
  }

  private static void booked(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE, bench.ten().plus(bench.cents(34)));
    bench.charge(sale);
    Ledger.Charge charge = bench.theCharge();
    Expect.equal("The amount in the provider's books", sale.amount(), charge.amount());
    Expect.equal("What the provider has taken", sale.amount(), charge.captured());
  }

  private static void reference(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    Expect.equal(
        "The reference in the provider's books",
        sale.reference(),
        bench.theCharge().reference().orElse("missing"));
    Expect.equal(
        "The reference in the snapshot", Optional.of(sale.reference()), facts.reference().value());
  }

  private static void declined(Bench bench) {
    ChargeRequest sale = bench.sale(Script.DECLINE_FUNDS);
    Outcome.Declined declined = Expect.outcome(Outcome.Declined.class, bench.charge(sale));
    Expect.equal("The decline's code", DeclineCode.INSUFFICIENT_FUNDS, declined.decline().code());
    nothingTaken(bench, declined.snapshot().facts());
    TestTokens.of(bench.provider.gateway()).ifPresent(tokens -> published(bench, tokens));
  }

  /** Every decline that the gateway's own file of test tokens promises. */
  private static void published(Bench bench, TestTokens tokens) {
    tokens
        .declines()
        .forEach(
            (code, token) -> {
              ChargeRequest any = bench.sale(Script.APPROVE);
              ChargeRequest sale =
                  ChargeRequest.sale(
                      any.reference(),
                      any.idempotencyKey(),
                      any.amount(),
                      new PaymentMethod.Token(tokens.method(), token));
              // What the target's provider does not know it refuses.
              if (bench.gateway().charge(sale) instanceof Outcome.Declined declined) {
                Expect.equal("The decline's code for " + token, code, declined.decline().code());
              }
            });
  }

  private static void declinedForReasonsUnknown(Bench bench) {
    ChargeRequest sale = bench.sale(Script.DECLINE_UNKNOWN);
    Outcome.Declined declined = Expect.outcome(Outcome.Declined.class, bench.charge(sale));
    Expect.equal("The decline's code", DeclineCode.GENERIC_DECLINE, declined.decline().code());
    String raw = declined.decline().rawCode();
    Expect.that(!raw.isBlank(), "The provider's own code is not kept as rawCode.");
    Expect.that(
        bench.network.told().stream().anyMatch(answer -> answer.contains(raw)),
        "The rawCode " + raw + " is in no answer of the provider's.");
    nothingTaken(bench, declined.snapshot().facts());
  }

  private static void nothingTaken(Bench bench, PaymentFacts facts) {
    Expect.that(
        Expect.done(facts, MovementKind.CAPTURE).isEmpty(),
        "The snapshot shows a capture of a charge that was declined.");
    Expect.that(
        bench.ledger().charges().stream().allMatch(charge -> charge.captured().isZero()),
        "The provider has taken money for a charge that was declined.");
  }

  private static void pending(Bench bench) {
    Outcome outcome = bench.charge(bench.sale(Script.PENDING));
    PaymentFacts facts = Expect.outcome(Outcome.Pending.class, outcome).snapshot().facts();
    Expect.that(
        Expect.done(facts, MovementKind.CAPTURE).isEmpty(),
        "The snapshot shows money as taken that the provider is still working on.");
  }

  private static void unknownStatus(Bench bench) {
    Outcome outcome = bench.charge(bench.sale(Script.UNKNOWN_STATUS));
    Expect.that(
        outcome instanceof Outcome.Pending || outcome instanceof Outcome.Unknown,
        "The answer to a status that nobody knows was " + Words.of(outcome) + ".");
    PaymentFacts facts = outcome.snapshot().facts();
    Expect.that(
        facts.attempts().values().stream()
            .noneMatch(
                a -> a.step().isAt(AttemptStep.SUCCEEDED) || a.step().isAt(AttemptStep.FAILED)),
        "The snapshot shows an attempt as decided whose status nobody knows.");
    Expect.that(
        Expect.done(facts, MovementKind.CAPTURE).isEmpty(),
        "The snapshot shows money as taken by a charge whose status nobody knows.");
  }

  private static void amountOfTheProvider(Bench bench) {
    ChargeRequest sale = bench.sale(Script.WRONG_AMOUNT);
    PaymentFacts told = bench.charge(sale).snapshot().facts();
    Money booked = bench.theCharge().captured();
    if (booked.equals(sale.amount())) {
      throw new NotVerifiable("the target's provider booked what was asked for");
    }
    bench.settle();
    PaymentFacts seen = bench.found(bench.another(), sale, told);
    Expect.equal(
        "The captures that a lookup shows", 1, Expect.done(seen, MovementKind.CAPTURE).size());
    for (PaymentFacts facts : List.of(told, seen)) {
      for (String id : Expect.done(facts, MovementKind.CAPTURE)) {
        Expect.equal(
            "The captured amount, of which " + sale.amount() + " was asked for,",
            booked,
            Expect.movement(facts, id).amount().value().orElse(null));
      }
    }
  }

  private static void errorInGoodAnswer(Bench bench) {
    Outcome outcome = bench.struck(Fault.ERROR_IN_GOOD_ANSWER, bench.sale(Script.APPROVE));
    Expect.outcome(Outcome.Unknown.class, outcome);
  }
}
