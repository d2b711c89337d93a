package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lost requests, lost answers, and how what came of them is found again. */
final class DoubtRules {
  private DoubtRules() {}

  static List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    rules.add(
        Rule.must("GW-DOUBT-01", Group.UNKNOWN_OUTCOME)
            .rule("A connection that nobody answers is NotSent.")
            .why("What was provably not sent is sent again at once, while the customer waits.")
            .remedy("Answer Outcome.NotSent for TransportException.NotSent.")
            .by(DoubtRules::refused));
    rules.add(
        doubt("GW-DOUBT-02", "A request whose answer was lost is Unknown.", Fault.LOST_ANSWER));
    rules.add(doubt("GW-DOUBT-03", "A request that got lost is Unknown.", Fault.LOST_REQUEST));
    rules.add(doubt("GW-DOUBT-04", "500 after the deed is Unknown.", Fault.FAILS_AFTER));
    rules.add(doubt("GW-DOUBT-05", "502 after the deed is Unknown.", Fault.BAD_GATEWAY));
    rules.add(doubt("GW-DOUBT-06", "504 after the deed is Unknown.", Fault.GATEWAY_TIMEOUT));
    rules.add(doubt("GW-DOUBT-07", "An answer that was cut off is Unknown.", Fault.TRUNCATED));
    rules.add(doubt("GW-DOUBT-08", "A page for people is Unknown.", Fault.HTML));
    rules.add(doubt("GW-DOUBT-09", "An empty answer is Unknown.", Fault.EMPTY));
    rules.add(
        Rule.must("GW-DOUBT-10", Group.UNKNOWN_OUTCOME)
            .rule(
                "429 is NotSent with how long to wait, or Unknown; a page that says 503 is Unknown;"
                    + " neither is a decline.")
            .why(
                "A customer who is told of a decline takes another shop; what somebody on the way"
                    + " says after the deed is taken for a no, and charged again.")
            .remedy(
                "Map 429 to a Failure of RATE_LIMITED with the Retry-After of the answer, which may"
                    + " be a date, and 503 to Unknown.")
            .by(DoubtRules::limited));
    rules.add(
        Rule.must("GW-DOUBT-11", Group.UNKNOWN_OUTCOME)
            .rule(
                "What was charged and whose answer was lost is found by what was known before: our"
                    + " reference alone, unless the provider gave an id beforehand.")
            .why("It is all that a process has that died before the answer came.")
            .remedy("Look the reference up as declared: by a list, a search or an id made of it.")
            .by(DoubtRules::foundAgain));
    rules.add(
        Rule.must("GW-DOUBT-12", Group.UNKNOWN_OUTCOME)
            .rule("A lookup changes nothing at the provider.")
            .why("Lookups happen at any time, many times, for any reason.")
            .remedy("Never replay a request that may change something from lookup().")
            .by(DoubtRules::lookupActsNot));
    rules.add(
        Rule.must("GW-DOUBT-13", Group.UNKNOWN_OUTCOME)
            .rule("A charge that never reached the provider is not found, and is not said to be.")
            .why("It is sent again only when it is certain that it is not there.")
            .remedy("Answer AbsentAsOf with the time right before the provider was asked.")
            .by(DoubtRules::absent));
    rules.add(
        Rule.must("GW-DOUBT-14", Group.UNKNOWN_OUTCOME)
            .rule("A lookup that fails says CannotTell; it does not say that nothing is there.")
            .why("Absent means: send again. That is how customers pay twice.")
            .remedy("Answer CannotTell for whatever is no clear answer, 5xx and 429 among it.")
            .by(DoubtRules::lookupFails));
    return rules;
  }

  private static Rule doubt(String id, String rule, Fault fault) {
    return Rule.must(id, Group.UNKNOWN_OUTCOME)
        .rule(rule)
        .why(
            "Nobody knows whether the customer was charged. A guess either loses the money or"
                + " takes it twice.")
        .remedy("Answer Outcome.Unknown for whatever is not clearly the provider's own answer.")
        .by(bench -> unknown(bench, fault));
  }

  private static void refused(Bench bench) {
    outcomes(bench, Fault.REFUSED)
        .forEach(outcome -> Expect.outcome(Outcome.NotSent.class, outcome));
  }

  private static void unknown(Bench bench, Fault fault) {
    outcomes(bench, fault).forEach(outcome -> Expect.outcome(Outcome.Unknown.class, outcome));
  }

  /** What each call says that meets a fault: the charge, and what follows where it is needed. */
  private static List<Outcome> outcomes(Bench bench, Fault fault) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    bench.network.strikeNext(fault);
    Outcome first = bench.charge(sale);
    return Taking.isApprovedElsewhere(sale)
        ? List.of(first, bench.struck(fault, bench.sale(Script.APPROVE)))
        : List.of(first);
  }

  private static void limited(Bench bench) {
    outcomes(bench, Fault.RATE_LIMITED).forEach(DoubtRules::limited);
    // A date may be left out, and must not be stumbled over.
    for (Outcome outcome : outcomes(bench, Fault.RATE_LIMITED_UNTIL)) {
      Expect.that(
          outcome instanceof Outcome.NotSent || outcome instanceof Outcome.Unknown,
          "429 until a date was answered with " + Words.of(outcome) + ".");
    }
    // Who wrote it does not say whether the provider had heard of it.
    unknown(bench, Fault.UNAVAILABLE);
    unknown(bench, Fault.UNAVAILABLE_AFTER);
  }

  private static void limited(Outcome outcome) {
    if (outcome instanceof Outcome.NotSent notSent) {
      Expect.equal(
          "How long to wait, as the provider asked",
          Optional.of(Network.RETRY_AFTER),
          notSent.failure().retryAfter());
    } else {
      Expect.outcome(Outcome.Unknown.class, outcome);
    }
  }

  /** A time-out takes time by itself; an error comes at once, when lists still lag behind. */
  private static void foundAgain(Bench bench) {
    foundAgain(bench, Fault.LOST_ANSWER);
    foundAgain(bench, Fault.FAILS_AFTER);
  }

  private static void foundAgain(Bench bench, Fault fault) {
    Taking taking = lost(bench, fault);
    if (bench.description().recoveryOf(taking.kind()).lookup().isEmpty()) {
      throw new NotVerifiable("the gateway declares no lookup for " + taking.kind());
    }
    PaymentFacts facts = taking.found(bench.another());
    Expect.equal(
        "What the captures are of that a lookup shows",
        List.of(Optional.of(bench.ten())),
        Expect.done(facts, MovementKind.CAPTURE).stream()
            .map(id -> Expect.movement(facts, id).amount().value())
            .toList());
  }

  /**
   * A call that took money, or would have, and never had an answer; another charge, which is not
   * it, was there before.
   */
  private static Taking lost(Bench bench, Fault fault) {
    bench.charge(bench.sale(Script.APPROVE, bench.money(20)));
    Taking taking = bench.taking(bench.sale(Script.APPROVE));
    bench.network.strikeNext(fault);
    taking.by(bench.gateway());
    bench.settle();
    return taking;
  }

  private static void lookupActsNot(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    bench.settle();
    int before = bench.network.acting().size();
    bench.lookup(bench.gateway(), sale, facts);
    bench.lookup(bench.another(), sale, PaymentFacts.none());
    bench.lookup(bench.gateway(), bench.sale(Script.APPROVE), PaymentFacts.none());
    Expect.equal(
        "How many requests of lookups may change something",
        0,
        bench.network.acting().size() - before);
    if (bench.capabilities().contains(Capability.CUSTOMER_ACTION)
        && bench.target.paying(Script.ACTION).isPresent()) {
      lookupCompletesNot(bench);
    }
  }

  /** What the customer has approved is a temptation to go on at once. */
  private static void lookupCompletesNot(Bench bench) {
    Taking approved = CustomerActionRules.approvedTaking(bench);
    bench.settle();
    int before = bench.network.acting().size();
    approved.lookup(bench.gateway());
    approved.lookup(bench.another());
    Expect.equal(
        "How many requests of lookups after an approval may change something",
        0,
        bench.network.acting().size() - before);
  }

  private static void absent(Bench bench) {
    Taking taking = lost(bench, Fault.LOST_REQUEST);
    Lookup lookup = taking.lookup(bench.gateway());
    if (lookup instanceof Lookup.Found found) {
      demandNothingNew(found.snapshot().facts(), taking.known());
    }
    boolean isShownAnyway = lookup instanceof Lookup.Found && !taking.known().isEmpty();
    if (!isShownAnyway && bench.description().recoveryOf(taking.kind()).lookup().isPresent()) {
      Lookup.AbsentAsOf absent = Expect.lookup(Lookup.AbsentAsOf.class, lookup);
      Expect.that(
          !absent.asOf().isAfter(bench.clock.instant()), "Its time is later than the clock's.");
    }
  }

  private static void demandNothingNew(PaymentFacts seen, PaymentFacts known) {
    Expect.that(
        known.attempts().keySet().containsAll(seen.attempts().keySet())
            && seen.attempts().values().stream()
                .noneMatch(attempt -> attempt.step().reached(AttemptStep.SUCCEEDED))
            && Expect.done(seen, MovementKind.CAPTURE).isEmpty(),
        "A lookup finds a charge that never reached the provider.");
  }

  private static void lookupFails(Bench bench) {
    PaymentFacts known = bench.charge(bench.sale(Script.APPROVE)).snapshot().facts();
    Taking taking = lost(bench, Fault.LOST_ANSWER);
    for (Fault fault : Fault.values()) {
      bench.network.strikeEvery(fault);
      demandCannotTell(fault, taking.lookup(bench.another()));
      demandCannotTell(fault, bench.another().lookup(RecoveryRules.byIds(known)));
      bench.network.strikeNoMore();
    }
  }

  private static void demandCannotTell(Fault fault, Lookup lookup) {
    Expect.that(
        lookup instanceof Lookup.CannotTell,
        "Where every request met "
            + fault
            + ", the lookup said "
            + Words.of(lookup)
            + " of a charge that the provider has.");
  }
}
