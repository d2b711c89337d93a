package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.conformance.HoldRules.Held;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.util.List;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Held money that is gone, taken, unknown, or asked for once more. */
final class HoldEdgeRules {
  private HoldEdgeRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-AUTH-05", Group.AUTHORIZATION)
            .needs(Capability.CAPTURE)
            .rule("A capture of a hold that the provider does not know is refused, and a void.")
            .why("Shops restore old databases, and mix up accounts.")
            .remedy("Map the provider's \"not found\" to NotSent with ErrorCategory.NOT_FOUND.")
            .by(HoldEdgeRules::unknownHold),
        Rule.must("GW-AUTH-06", Group.AUTHORIZATION)
            .needs(Capability.CAPTURE, Capability.VOID)
            .rule("A void after the capture gives nothing back, and is not said to have succeeded.")
            .why("The customer is told that nothing was charged, and was charged.")
            .remedy(
                "Map the provider's refusal to NotSent or Declined with INVALID_STATE; if to"
                    + " Unknown, let lookup() show the capture.")
            .by(HoldEdgeRules::voidAfterCapture),
        Rule.must("GW-AUTH-07", Group.AUTHORIZATION)
            .needs(Capability.CAPTURE)
            .rule("The same capture again takes nothing more, and has the same result.")
            .why("After a time-out the framework sends again.")
            .remedy("Send request.idempotencyKey() with the capture, unchanged.")
            .by(HoldEdgeRules::capturedAgain),
        Rule.must("GW-AUTH-08", Group.AUTHORIZATION)
            .needs(Capability.VOID)
            .rule("The same void again has the same result.")
            .why("After a time-out the framework sends again; an error then calls a person.")
            .remedy("Send request.idempotencyKey() with the void, unchanged.")
            .by(HoldEdgeRules::voidedAgain),
        Rule.must("GW-AUTH-09", Group.AUTHORIZATION)
            .needs(Capability.CAPTURE)
            .rule(
                "A hold that ran out is shown as ended by a lookup, and a capture of it is refused.")
            .why("Whoever counts on a hold that is gone ships for nothing.")
            .remedy("Show what ran out as EXPIRED, or VOIDED where the provider says no more.")
            .by(HoldEdgeRules::expired),
        Rule.must("GW-PART-04", Group.PARTIAL_CAPTURE)
            .needs(Capability.PARTIAL_CAPTURE)
            .rule("After a capture that is final the hold is over, and nothing more is taken.")
            .why("What stays held of a finished order is missing from the customer's account.")
            .remedy("Send request.isFinal(), and show the hold as ended.")
            .by(HoldEdgeRules::nothingAfterTheLast),
        Rule.must("GW-PART-05", Group.PARTIAL_CAPTURE)
            .needs(Capability.PARTIAL_CAPTURE)
            .rule("A capture in another currency than the hold's takes nothing.")
            .why("400 yen that are taken as 400 euros are noticed by the customer.")
            .remedy(
                "Send the currency with the capture; where the provider takes none, compare it"
                    + " with the hold's in the trace.")
            .by(HoldEdgeRules::otherCurrency));
  }

  private static void unknownHold(Bench bench) {
    Held held = HoldRules.hold(bench);
    Held nobodys = new Held(held.request(), PaymentFacts.none(), another(held.authorization()));
    Outcome outcome = HoldRules.capture(bench, nobodys, bench.ten(), true);
    Expect.refused("A capture of a hold that nobody knows", outcome);
    if (bench.capabilities().contains(Capability.VOID)) {
      Expect.refused("A void of a hold that nobody knows", HoldRules.release(bench, nobodys));
    }
    Expect.that(bench.theCharge().captured().isZero(), "The provider has taken money.");
  }

  /** An id of the same form. */
  static String another(String id) {
    int last = id.length() - 1;
    return id.substring(0, last) + (id.charAt(last) == 'Z' ? 'Y' : 'Z');
  }

  private static void voidAfterCapture(Bench bench) {
    Held held = HoldRules.hold(bench);
    PaymentFacts taken =
        HoldRules.capture(bench, held, bench.ten(), true).snapshot().facts().join(held.facts());
    Held known = new Held(held.request(), taken, held.authorization());
    Outcome late = HoldRules.release(bench, known);
    if (late instanceof Outcome.Unknown) {
      demandNotShownAsVoided(bench, known);
    } else {
      Expect.refused("A void of a hold that was captured", late);
    }
    Expect.equal("What the provider has taken", bench.ten(), bench.theCharge().kept());
  }

  /** Who is careful says Unknown, and then has to know. */
  private static void demandNotShownAsVoided(Bench bench, Held held) {
    bench.settle();
    PaymentFacts seen = bench.found(bench.gateway(), held.request(), held.facts());
    Authorization shown = held.facts().join(seen).authorizations().get(held.authorization());
    Expect.that(
        shown != null
            && !shown.end().has(AuthorizationEnd.VOIDED)
            && Expect.done(seen, MovementKind.CAPTURE).size() == 1,
        "A void of a hold that was captured was Unknown, and a lookup does not clear that up.");
  }

  private static void capturedAgain(Bench bench) {
    Held held = HoldRules.hold(bench);
    Supplier<Outcome> capture = HoldRules.capturing(bench, held, bench.ten(), true);
    Outcome first = Expect.outcome(Outcome.Succeeded.class, capture.get());
    Outcome second = Expect.outcome(Outcome.Succeeded.class, capture.get());
    Expect.equal("The captures in the provider's books", 1, bench.theCharge().captures().size());
    Expect.equal(
        "The captures of the second answer",
        Expect.done(first.snapshot().facts(), MovementKind.CAPTURE),
        Expect.done(second.snapshot().facts(), MovementKind.CAPTURE));
  }

  private static void voidedAgain(Bench bench) {
    Held held = HoldRules.hold(bench);
    Supplier<Outcome> release = HoldRules.releasing(bench, held);
    for (int i = 0; i < 2; i++) {
      Outcome outcome = Expect.outcome(Outcome.Succeeded.class, release.get());
      PaymentFacts facts = held.facts().join(outcome.snapshot().facts());
      Authorization shown = facts.authorizations().get(held.authorization());
      Expect.that(
          shown != null && shown.end().has(AuthorizationEnd.VOIDED),
          "The snapshot does not show the hold as voided.");
    }
    Expect.that(bench.theCharge().captured().isZero(), "The provider has taken money.");
  }

  private static void expired(Bench bench) {
    Held held = HoldRules.hold(bench);
    bench.happens(Happening.HOLD_EXPIRES, bench.theCharge().id());
    bench.settle();
    demandOver(bench, held);
    Outcome late = HoldRules.capture(bench, held, bench.ten(), true);
    Expect.refused("A capture of a hold that ran out", late);
    Expect.that(bench.theCharge().captured().isZero(), "The provider has taken money.");
  }

  private static void demandOver(Bench bench, Held held) {
    PaymentFacts seen = bench.found(bench.another(), held.request(), held.facts());
    Authorization shown = held.facts().join(seen).authorizations().get(held.authorization());
    Expect.that(shown != null && !shown.isAlive(), "A lookup shows the hold as alive.");
  }

  private static void nothingAfterTheLast(Bench bench) {
    Held held = HoldRules.hold(bench);
    Outcome last =
        Expect.outcome(
            Outcome.Succeeded.class, HoldRules.capture(bench, held, bench.money(4), true));
    Held known =
        new Held(held.request(), held.facts().join(last.snapshot().facts()), held.authorization());
    Outcome late = HoldRules.capture(bench, known, bench.money(3), true);
    Expect.noSuccess("A capture after the last one", late);
    Expect.equal("What the provider has taken", bench.money(4), bench.theCharge().captured());
    bench.settle();
    demandOver(bench, known);
  }

  /** So many of another currency that the provider takes. */
  static Money foreign(Bench bench, int units) {
    List<CurrencyUnit> currencies = bench.provider.currencies();
    if (currencies.size() < 2) {
      throw new NotVerifiable("the target lists one currency");
    }
    return Money.ofMajor(currencies.get(1), units);
  }

  private static void otherCurrency(Bench bench) {
    Held held = HoldRules.hold(bench);
    Outcome outcome = HoldRules.capture(bench, held, foreign(bench, 4), true);
    Expect.noSuccess("A capture in another currency", outcome);
    Expect.that(bench.theCharge().captured().isZero(), "The provider has taken money.");
  }
}
