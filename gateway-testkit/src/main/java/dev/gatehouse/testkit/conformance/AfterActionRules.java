package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.util.List;

/** What may still come after the customer has acted. */
final class AfterActionRules {
  private AfterActionRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-ACTION-07", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule(
                "A customer who has to act once more is sent once more, or it is a decline; nothing"
                    + " is taken before.")
            .why("Banks ask twice. Who takes the first answer for consent has none.")
            .remedy(
                "Show the attempt as ACTION_NEEDED with the new action, in lookup(), too; or map"
                    + " it to Declined, so that another attempt is made.")
            .by(AfterActionRules::askedAgain),
        Rule.must("GW-ACTION-08", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule("A decline after the customer's approval is a decline, and takes nothing.")
            .why("An approval says who the customer is, and not that there is money.")
            .remedy("Map the charge's own status, in complete() and in lookup(): FAILED, and why.")
            .by(AfterActionRules::declined));
  }

  private record Begun(ChargeRequest request, Outcome.ActionRequired outcome) {
    PaymentFacts facts() {
      return outcome.snapshot().facts();
    }

    String attempt() {
      return Expect.attempt(facts()).getKey();
    }

    Taking taking(Bench bench) {
      return Taking.unapproved(bench, request, outcome.snapshot());
    }
  }

  private static Begun begin(Bench bench, Script script) {
    ChargeRequest sale = bench.sale(script).returningTo(Bench.RETURN_URL);
    Outcome outcome = Bench.told("charge", bench.gateway().charge(sale));
    return new Begun(sale, Expect.outcome(Outcome.ActionRequired.class, outcome));
  }

  private static void act(Bench bench, Script script, Begun begun) {
    if (!bench.target.customerActs(bench.provider, script, begun.attempt())) {
      throw new NotVerifiable("the target's provider has no customer that acts");
    }
  }

  private static PaymentFacts seen(Bench bench, Begun begun) {
    bench.settle();
    return bench.found(bench.another(), begun.request, begun.facts());
  }

  private static void askedAgain(Bench bench) {
    Begun begun = begin(bench, Script.ACTION_TWICE);
    act(bench, Script.ACTION_TWICE, begun);
    PaymentFacts seen = seen(bench, begun);
    demandNothingTaken(bench, seen);
    Expect.equal(
        "Where the instance that began it sends the customer",
        actions(seen),
        actions(bench.found(bench.gateway(), begun.request, begun.facts())));
    if (!waits(seen)) {
      // This provider asks again when it is told to go on.
      Outcome outcome = begun.taking(bench).by(bench.gateway());
      demandNothingTaken(bench, outcome.snapshot().facts());
      if (outcome instanceof Outcome.Declined) {
        demandFailed(seen(bench, begun).join(outcome.snapshot().facts()));
        return;
      }
      Expect.outcome(Outcome.ActionRequired.class, outcome);
    }
    act(bench, Script.ACTION_TWICE, begun);
    Outcome done = Expect.outcome(Outcome.Succeeded.class, begun.taking(bench).by(bench.gateway()));
    Expect.equal(
        "The captures in the snapshot",
        1,
        Expect.done(done.snapshot().facts(), MovementKind.CAPTURE).size());
    Expect.equal(
        "What the provider has taken", begun.request.amount(), bench.theCharge().captured());
  }

  private static List<CustomerAction> actions(PaymentFacts facts) {
    return facts.attempts().values().stream()
        .flatMap(attempt -> attempt.action().value().stream())
        .toList();
  }

  /** Whether an attempt waits for the customer, and says what for. */
  private static boolean waits(PaymentFacts facts) {
    return facts.attempts().values().stream()
        .anyMatch(
            attempt ->
                attempt.step().isAt(AttemptStep.ACTION_NEEDED)
                    && attempt.action().value().isPresent());
  }

  private static void declined(Bench bench) {
    Begun begun = begin(bench, Script.ACTION_DECLINED);
    act(bench, Script.ACTION_DECLINED, begun);
    Outcome outcome = begun.taking(bench).by(bench.gateway());
    Outcome.Declined declined = Expect.outcome(Outcome.Declined.class, outcome);
    demandNothingTaken(bench, declined.snapshot().facts());
    PaymentFacts seen = seen(bench, begun);
    demandNothingTaken(bench, seen);
    demandFailed(begun.facts().join(seen));
  }

  private static void demandFailed(PaymentFacts facts) {
    Expect.that(
        !facts.attempts().isEmpty()
            && facts.attempts().values().stream()
                .filter(Attempt::isCurrent)
                .allMatch(attempt -> attempt.step().isAt(AttemptStep.FAILED)),
        "A lookup does not show the attempt that was declined as FAILED.");
  }

  private static void demandNothingTaken(Bench bench, PaymentFacts facts) {
    Expect.that(
        Expect.done(facts, MovementKind.CAPTURE).isEmpty(),
        "The snapshot shows money as taken that was not.");
    Expect.that(
        bench.ledger().charges().stream().allMatch(charge -> charge.captured().isZero()),
        "The provider has taken money.");
  }
}
