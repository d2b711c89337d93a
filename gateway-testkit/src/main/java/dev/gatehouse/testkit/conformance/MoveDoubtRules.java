package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What faults make of captures, voids, refunds and completions: the same as of charges. */
final class MoveDoubtRules {
  /** What who answers so has not done, if it is the provider who does. */
  private static final Set<Fault> REFUSALS =
      EnumSet.of(Fault.RATE_LIMITED, Fault.RATE_LIMITED_UNTIL, Fault.UNAUTHORIZED, Fault.FORBIDDEN);

  private MoveDoubtRules() {}

  /** Makes what comes before a call, and leaves the call to be made. */
  private interface Ready {
    Supplier<Outcome> in(Bench bench);
  }

  static List<Rule> all() {
    return List.of(
        rule("GW-DOUBT-22", "A capture", MoveDoubtRules::capture, Capability.CAPTURE),
        rule("GW-DOUBT-23", "A void", MoveDoubtRules::release, Capability.VOID),
        rule("GW-DOUBT-24", "A refund", MoveDoubtRules::refund, Capability.REFUND),
        rule(
            "GW-DOUBT-25",
            "A completion",
            MoveDoubtRules::completion,
            Capability.COMPLETION,
            Capability.CUSTOMER_ACTION),
        Rule.must("GW-DOUBT-26", Group.UNKNOWN_OUTCOME)
            .rule("A page for people that says 404, after the deed, is Unknown.")
            .why("A proxy that was set up wrong answers for a provider that has done its work.")
            .remedy("Take a status for the provider's only with the provider's own error in it.")
            .by(MoveDoubtRules::pages),
        Rule.must("GW-DOUBT-27", Group.UNKNOWN_OUTCOME)
            .rule("The answer to a call calls no list complete.")
            .why(
                "An answer may be a replay of an old one; what it lacks would be taken for what"
                    + " never was, and be made again.")
            .remedy("Say complete() of a snapshot in lookup() alone.")
            .by(MoveDoubtRules::nothingComplete));
  }

  private static Rule rule(String id, String what, Ready ready, Capability... needs) {
    return Rule.must(id, Group.UNKNOWN_OUTCOME)
        .needs(needs)
        .rule(
            what
                + " that meets a fault is NotSent where nothing was sent, Unknown where nobody"
                + " knows, and never sent again.")
        .why("Money that moved and is not known of is moved again, or missing from the books.")
        .remedy("Translate answers and exceptions at one place, for every operation alike.")
        .by(bench -> everyFault(bench, what, ready));
  }

  private static void everyFault(Bench like, String what, Ready ready) {
    for (Fault fault : Fault.values()) {
      try (Bench bench = like.fresh()) {
        Supplier<Outcome> call = ready.in(bench);
        int before = bench.network.acting().size();
        bench.network.strikeNext(fault);
        Outcome outcome = call.get();
        int sent = bench.network.acting().size() - before;
        Expect.that(
            isRight(fault, outcome),
            what + " that met " + fault + " was answered with " + Words.of(outcome) + ".");
        demandWait(what, fault, outcome);
        Expect.that(
            sent <= 1, what + " that met " + fault + " was sent " + sent + " times by itself.");
      }
    }
  }

  private static void demandWait(String what, Fault fault, Outcome outcome) {
    if (fault == Fault.RATE_LIMITED && outcome instanceof Outcome.NotSent notSent) {
      Expect.equal(
          what + "'s time to wait, as the provider asked",
          Optional.of(Network.RETRY_AFTER),
          notSent.failure().retryAfter());
    }
  }

  /** Each call that is declared beside the charge, ready to be made, by its name. */
  static Map<String, Supplier<Outcome>> declared(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    Map<String, Supplier<Outcome>> calls = new LinkedHashMap<>();
    if (declared.contains(Capability.CAPTURE)) {
      calls.put("A capture", capture(bench));
    }
    if (declared.contains(Capability.VOID)) {
      calls.put("A void", release(bench));
    }
    if (declared.contains(Capability.REFUND)) {
      calls.put("A refund", refund(bench));
    }
    return calls;
  }

  private static boolean isRight(Fault fault, Outcome outcome) {
    return fault.isBeforeSending()
        ? outcome instanceof Outcome.NotSent
        : outcome instanceof Outcome.Unknown
            || REFUSALS.contains(fault) && outcome instanceof Outcome.NotSent;
  }

  private static Supplier<Outcome> capture(Bench bench) {
    HoldRules.Held held = HoldRules.hold(bench);
    return HoldRules.capturing(bench, held, held.request().amount(), true);
  }

  private static Supplier<Outcome> release(Bench bench) {
    return HoldRules.releasing(bench, HoldRules.hold(bench));
  }

  private static Supplier<Outcome> refund(Bench bench) {
    RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
    String key = bench.newKey();
    return () -> RefundRules.refund(bench, sold, key, bench.ten());
  }

  private static Supplier<Outcome> completion(Bench bench) {
    Taking taking = CustomerActionRules.approvedTaking(bench);
    return () -> taking.by(bench.gateway());
  }

  private static void pages(Bench bench) {
    Taking taking = bench.taking(bench.sale(Script.APPROVE));
    bench.network.strikeNext(Fault.NOT_FOUND_PAGE);
    Expect.outcome(Outcome.Unknown.class, taking.by(bench.gateway()));
  }

  private static void nothingComplete(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    demandOpen("a charge", bench.charge(sale));
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (bench.target.paying(Script.DECLINE_FUNDS).isPresent()) {
      demandOpen("a charge that is declined", bench.charge(bench.sale(Script.DECLINE_FUNDS)));
    }
    if (declared.contains(Capability.CAPTURE)) {
      demandOpen("a capture", capture(bench).get());
    }
    if (declared.contains(Capability.VOID)) {
      demandOpen("a void", release(bench).get());
    }
    if (declared.contains(Capability.REFUND)) {
      demandOpen("a refund", refund(bench).get());
    }
    if (declared.contains(Capability.COMPLETION)
        && bench.target.paying(Script.ACTION).isPresent()) {
      demandOpen("a completion", completion(bench).get());
    }
  }

  private static void demandOpen(String what, Outcome outcome) {
    Expect.equal(
        "What the answer to " + what + " calls complete", Set.of(), outcome.snapshot().complete());
  }
}
