package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Held money: taken, in parts if that can be done, or released. */
final class HoldRules {
  private HoldRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-AUTH-01", Group.AUTHORIZATION)
            .needs(Capability.AUTHORIZE)
            .rule(
                "Holding, with a stored method, too, takes no money, and shows one authorisation"
                    + " of the whole amount.")
            .why("Taking the money when it was to be held is charging for what is not shipped.")
            .remedy(
                "Send the provider's flag for a manual capture; show an authorisation, and no"
                    + " capture.")
            .by(HoldRules::held),
        Rule.must("GW-AUTH-02", Group.AUTHORIZATION)
            .needs(Capability.CAPTURE)
            .rule("A capture of the whole hold takes the amount once, and says so.")
            .why("A capture that is not made is goods shipped for nothing.")
            .remedy(
                "Capture the authorisation with the id of the request, and show a movement"
                    + " CAPTURE that is DONE under the request's key.")
            .by(bench -> captured(bench, bench.ten())),
        Rule.must("GW-AUTH-03", Group.AUTHORIZATION)
            .needs(Capability.VOID)
            .rule("Voiding releases the hold, and the provider's books say so.")
            .why("Money that stays held is missing from the customer's account for a week.")
            .remedy(
                "Void the authorisation with the id of the request, and show that it ended as"
                    + " VOIDED.")
            .by(HoldRules::voided),
        Rule.must("GW-AUTH-04", Group.AUTHORIZATION)
            .needs(Capability.CAPTURE, Capability.VOID)
            .rule("A capture after the void takes nothing, and is refused for the hold's state.")
            .why("A shop that believes in that capture ships for nothing.")
            .remedy(
                "Map the provider's refusal to NotSent with ErrorCategory.INVALID_STATE; no bank"
                    + " has declined anything.")
            .by(HoldRules::captureAfterVoid),
        Rule.must("GW-PART-01", Group.PARTIAL_CAPTURE)
            .needs(Capability.PARTIAL_CAPTURE)
            .rule("A capture of a part takes just that part.")
            .why("The customer pays for what was shipped and not for what was ordered.")
            .remedy("Send the request's amount with the capture.")
            .by(bench -> captured(bench, bench.money(4))),
        Rule.must("GW-PART-02", Group.PARTIAL_CAPTURE)
            .needs(Capability.MULTIPLE_CAPTURES)
            .rule("Several captures add up, each with an id of its own.")
            .why("Two captures under one id are one in every total.")
            .remedy(
                "Show each capture under its own id, amount and key, in lookup(), too; send"
                    + " isFinal as asked.")
            .by(HoldRules::several),
        Rule.must("GW-PART-03", Group.PARTIAL_CAPTURE)
            .needs(Capability.PARTIAL_CAPTURE)
            .rule("Twice what was held is not taken, and not said to be.")
            .why("A total that the provider never took is a hole in the books.")
            .remedy("Do not cut the amount in silence; map the provider's refusal.")
            .by(HoldRules::tooMuch));
  }

  record Held(ChargeRequest request, PaymentFacts facts, String authorization) {}

  static Held hold(Bench bench) {
    return hold(bench, bench.sale(Script.APPROVE).holdOnly());
  }

  static Held hold(Bench bench, ChargeRequest request) {
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, bench.charge(request)).snapshot().facts();
    Expect.that(
        facts.authorizations().size() == 1,
        "The snapshot shows " + facts.authorizations().size() + " authorisations instead of 1.");
    return new Held(request, facts, facts.authorizations().firstKey());
  }

  private static void held(Bench like) {
    try (Bench bench = like.fresh()) {
      for (CurrencyUnit currency : bench.provider.currencies()) {
        Money amount = Money.ofMajor(currency, currency.getDecimalPlaces() == 0 ? 1000 : 10);
        demandHeld(bench, hold(bench, bench.sale(Script.APPROVE, amount).holdOnly()));
      }
    }
    if (like.capabilities().contains(Capability.STORED_METHODS)) {
      ChargeRequest renewal =
          StoredMethodRules.renewal(like, StoredMethodRules.store(like)).holdOnly();
      demandHeld(like, hold(like, renewal));
    }
  }

  private static void demandHeld(Bench bench, Held held) {
    Expect.that(
        held.facts.movements().isEmpty(), "The snapshot shows that money moved, or is about to.");
    Expect.equal(
        "What can be captured",
        held.request.amount(),
        Optional.ofNullable(held.facts.authorizations().get(held.authorization))
            .flatMap(Authorization::capturable)
            .orElse(null));
    Expect.that(
        bench.ledger().chargesOf(held.request.reference()).stream()
            .allMatch(charge -> charge.captured().isZero()),
        "The provider has taken what was to be held.");
  }

  static Outcome capture(Bench bench, Held held, Money amount, boolean isFinal) {
    return capturing(bench, held, bench.newKey(), amount, isFinal).get();
  }

  /** A capture that is ready to be made. */
  static Supplier<Outcome> capturing(Bench bench, Held held, Money amount, boolean isFinal) {
    return capturing(bench, held, bench.newKey(), amount, isFinal);
  }

  static Supplier<Outcome> capturing(
      Bench bench, Held held, String key, Money amount, boolean isFinal) {
    CaptureRequest request =
        new CaptureRequest(
            bench.trace(held.request, OperationKind.CAPTURE, key, held.facts),
            key,
            held.authorization,
            amount,
            isFinal);
    return () -> Bench.told("capture", bench.as(CapturesPayments.class).capture(request));
  }

  private static void captured(Bench bench, Money amount) {
    Held held = hold(bench);
    String key = bench.newKey();
    Outcome outcome = capturing(bench, held, key, amount, true).get();
    PaymentFacts facts = Expect.outcome(Outcome.Succeeded.class, outcome).snapshot().facts();
    Expect.equal("What the provider has taken", amount, bench.theCharge().captured());
    Expect.equal(
        "The captures in the snapshot", 1, Expect.done(facts, MovementKind.CAPTURE).size());
    String id = Expect.done(facts, MovementKind.CAPTURE).get(0);
    Expect.equal(
        "The captured amount", amount, Expect.movement(facts, id).amount().value().orElse(null));
    Expect.causedBy(key, Expect.movement(facts, id));
    bench.settle();
    PaymentFacts later = bench.found(bench.another(), held.request, held.facts.join(facts));
    Expect.equal(
        "The captured amount that a lookup shows",
        Optional.of(amount),
        Expect.movement(later, id).amount().value());
  }

  static Outcome release(Bench bench, Held held) {
    return releasing(bench, held).get();
  }

  /** A void that is ready to be made. */
  static Supplier<Outcome> releasing(Bench bench, Held held) {
    return releasing(bench, held, bench.newKey());
  }

  static Supplier<Outcome> releasing(Bench bench, Held held, String key) {
    VoidRequest request =
        new VoidRequest(
            bench.trace(held.request, OperationKind.VOID, key, held.facts),
            key,
            held.authorization);
    return () ->
        Bench.told("voidAuthorization", bench.as(VoidsPayments.class).voidAuthorization(request));
  }

  private static void voided(Bench bench) {
    Held held = hold(bench);
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, release(bench, held)).snapshot().facts();
    Expect.equal(
        "The hold in the provider's books",
        "voided",
        bench.theCharge().authorization().map(hold -> hold.status()).orElse("missing"));
    Authorization shown = held.facts.join(facts).authorizations().get(held.authorization);
    Expect.that(
        shown != null && shown.end().has(AuthorizationEnd.VOIDED),
        "The snapshot does not show the hold as voided.");
    bench.settle();
    PaymentFacts later = bench.found(bench.another(), held.request, held.facts);
    Authorization seen = later.authorizations().get(held.authorization);
    Expect.that(
        seen == null || !seen.isAlive(), "A lookup shows the hold that was voided as alive.");
  }

  private static void captureAfterVoid(Bench bench) {
    Held held = hold(bench);
    release(bench, held);
    Outcome late = capture(bench, held, held.request.amount(), true);
    Expect.invalidState("A capture of a hold that was released", late);
    Expect.that(bench.theCharge().captured().isZero(), "The provider has taken money.");
  }

  private static void several(Bench bench) {
    Held held = hold(bench);
    PaymentFacts known = held.facts;
    Map<String, Money> parts = new TreeMap<>();
    // Three, as the second of two is taken for the last; two of them alike.
    for (int units : List.of(3, 3, 2)) {
      String key = bench.newKey();
      parts.put(key, bench.money(units));
      Held now = new Held(held.request, known, held.authorization);
      Outcome outcome = capturing(bench, now, key, bench.money(units), false).get();
      known = known.join(outcome.snapshot().facts());
    }
    Expect.equal("What the provider has taken", bench.money(8), bench.theCharge().captured());
    demandParts("that the answers show", parts, known);
    bench.settle();
    demandParts("that a lookup shows", parts, bench.found(bench.another(), held.request, known));
  }

  /** By the key under which each was taken. */
  private static void demandParts(String where, Map<String, Money> parts, PaymentFacts facts) {
    Map<String, Money> shown = new TreeMap<>();
    for (String id : Expect.done(facts, MovementKind.CAPTURE)) {
      Movement capture = Expect.movement(facts, id);
      Expect.that(
          capture.operation().value().isPresent() && capture.amount().value().isPresent(),
          "A capture " + where + " has no key or no amount.");
      capture
          .operation()
          .value()
          .ifPresent(key -> capture.amount().value().ifPresent(amount -> shown.put(key, amount)));
    }
    Expect.equal("The captures " + where, parts, shown);
  }

  /** Twice as much, as there are providers that grant a little on top, for tips. */
  private static void tooMuch(Bench bench) {
    Held held = hold(bench);
    Outcome outcome = capture(bench, held, bench.money(20), true);
    Expect.noSuccess("A capture of twice what was held", outcome);
    Expect.noMore(
        "What the provider has taken", held.request.amount(), bench.theCharge().captured());
  }
}
