package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.testkit.conformance.StoredMethodRules.Kept;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.util.List;
import java.util.Optional;

/** Methods that are stored without a charge, and what is known of them. */
final class SetUpRules {
  private SetUpRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-STORE-08", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP)
            .rule(
                "A set-up stores a method and moves no money, says so in a lookup, too, and what it"
                    + " stored is charged without the customer.")
            .why("Trials begin without a charge, and end with one while the customer sleeps.")
            .remedy("Show the set-up as an attempt that stores; find it by our reference.")
            .by(SetUpRules::stored),
        Rule.must("GW-STORE-09", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP)
            .rule("A set-up that is declined is a decline, and stores nothing.")
            .why("A trial that begins with a card that nobody accepts is never paid.")
            .remedy("Map the provider's refusal to Declined, with its code.")
            .by(SetUpRules::declined),
        Rule.must("GW-STORE-10", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP, Capability.CUSTOMER_ACTION)
            .rule("A method that the customer must authenticate is stored after that, not before.")
            .why("What is charged before the bank has agreed is declined, night after night.")
            .remedy("Answer with ActionRequired; name the stored id once the set-up succeeded.")
            .by(SetUpRules::afterAction),
        Rule.must("GW-STORE-11", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP, Capability.CUSTOMER_ACTION)
            .rule("A set-up that the customer refuses has failed, and stored nothing.")
            .why("Whoever said no must not be charged.")
            .remedy("Show its attempt as FAILED, and no stored method.")
            .by(SetUpRules::refused),
        Rule.must("GW-STORE-12", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP)
            .rule(
                "A set-up whose answer got lost is in doubt, and is found again as declared: by a"
                    + " lookup, or under its key.")
            .why("Else the customer types the card in again, and has it twice.")
            .remedy(
                "Answer with Unknown; find the set-up by our reference alone, or declare no lookup"
                    + " and let its key make it once.")
            .by(SetUpRules::lostAnswer),
        Rule.must("GW-STORE-13", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP)
            .rule("A set-up that never reached the provider is not found, nor made by looking.")
            .why("A lookup that stores a card does so without anybody's consent.")
            .remedy(
                "Answer with AbsentAsOf, or with CannotTell if no lookup is declared; never send"
                    + " anything that acts from a lookup.")
            .by(SetUpRules::lostRequest),
        Rule.must("GW-STORE-14", Group.STORED_METHODS)
            .needs(Capability.METHOD_SETUP)
            .rule("The same set-up under the same key stores one method.")
            .why("A customer with the same card twice removes one, and is charged all the same.")
            .remedy("Send the request's key with every request that acts.")
            .by(SetUpRules::twice),
        Rule.must("GW-STORE-15", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule("All methods of one customer of ours are stored for one of the provider's.")
            .why("After a crash the provider's id is not known; a second customer hides the first.")
            .remedy("Make the provider's customer under a key made of CustomerDetails.reference().")
            .by(SetUpRules::oneOwner),
        Rule.must("GW-STORE-16", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS, Capability.CUSTOMER_ACTION)
            .rule(
                "A merchant's charge that the customer must authenticate is declined as"
                    + " AUTHENTICATION_REQUIRED, and nothing is taken.")
            .why("Only who knows that asks the customer to come back; others cancel the service.")
            .remedy("Map the provider's code to DeclineCode.AUTHENTICATION_REQUIRED.")
            .by(SetUpRules::customerWanted),
        Rule.should("GW-STORE-17", Group.STORED_METHODS)
            .needs(Capability.STORED_METHODS)
            .rule("What people know a stored method by is told, and the same card has one mark.")
            .why("A customer with three cards must know which one is charged, and which is double.")
            .remedy("Show brand, last digits, expiry and fingerprint with Snapshot.credential().")
            .by(SetUpRules::details));
  }

  private static PaymentFacts done(Bench bench, SetUpRequest request, Script script) {
    Outcome outcome = SettingUp.of(bench, request, script).by(bench.gateway());
    return Expect.outcome(Outcome.Succeeded.class, outcome).snapshot().facts();
  }

  static Kept setUp(Bench bench) {
    return StoredMethodRules.keptIn(done(bench, bench.setUp(Script.APPROVE), Script.APPROVE));
  }

  private static void stored(Bench bench) {
    SetUpRequest request = bench.setUp(Script.APPROVE);
    PaymentFacts told = done(bench, request, Script.APPROVE);
    Kept kept = StoredMethodRules.keptIn(told);
    Expect.that(
        kept.id().matches(StoredMethodRules.FORM),
        "The id of the stored method is '" + kept.id() + "', which is not of the form.");
    Expect.equal("Our reference", Flat.of(request.reference()), told.reference());
    Expect.equal("The mode", Flat.of(Mode.TEST), told.mode());
    Expect.that(
        told.movements().isEmpty() && told.authorizations().isEmpty(),
        "The snapshot of a set-up shows money.");
    Expect.that(bench.ledger().charges().isEmpty(), "The provider has made a charge.");
    bench.settle();
    PaymentFacts known = isLookedUp(bench) ? PaymentFacts.none() : told;
    PaymentFacts found = SettingUp.of(bench, request).found(bench.another(), known);
    Expect.equal(
        "The id that a lookup shows", Optional.of(kept.id()), StoredMethodRules.idIn(found));
    ChargeRequest renewal = StoredMethodRules.renewal(bench, kept);
    Expect.outcome(Outcome.Succeeded.class, Bench.told("charge", bench.another().charge(renewal)));
  }

  /** Whether a set-up of which no more is known than our reference is found by a lookup. */
  private static boolean isLookedUp(Bench bench) {
    return bench.description().recoveryOf(OperationKind.SET_UP).lookup().isPresent();
  }

  private static void declined(Bench bench) {
    SetUpRequest request = bench.setUp(Script.DECLINE_FUNDS);
    Outcome outcome = SettingUp.of(bench, request, Script.DECLINE_FUNDS).by(bench.gateway());
    PaymentFacts told = Expect.outcome(Outcome.Declined.class, outcome).snapshot().facts();
    Expect.equal(
        "The decline's code",
        DeclineCode.INSUFFICIENT_FUNDS,
        ((Outcome.Declined) outcome).decline().code());
    demandNothingStored(told, "a set-up that was declined");
  }

  private static void demandNothingStored(PaymentFacts facts, String what) {
    Expect.equal(
        "The method that is shown of " + what, Optional.empty(), StoredMethodRules.idIn(facts));
  }

  private static void afterAction(Bench bench) {
    SettingUp settingUp = SettingUp.of(bench, bench.setUp(Script.ACTION), Script.ACTION);
    Outcome.ActionRequired asked =
        Expect.outcome(Outcome.ActionRequired.class, settingUp.begun(bench.gateway()));
    demandNothingStored(asked.snapshot().facts(), "a set-up that waits for the customer");
    Outcome done = settingUp.goneOn(bench.gateway(), asked.snapshot());
    StoredMethodRules.keptIn(Expect.outcome(Outcome.Succeeded.class, done).snapshot().facts());
  }

  private static void refused(Bench bench) {
    SettingUp settingUp = SettingUp.of(bench, bench.setUp(Script.ACTION), Script.ACTION);
    Outcome.ActionRequired asked =
        Expect.outcome(Outcome.ActionRequired.class, settingUp.begun(bench.gateway()));
    PaymentFacts known = asked.snapshot().facts();
    bench.happens(Happening.CUSTOMER_REJECTS, Expect.attempt(known).getKey());
    bench.settle();
    PaymentFacts found = settingUp.found(bench.gateway(), known);
    Expect.that(
        found.attempts().values().stream().anyMatch(a -> a.step().reached(AttemptStep.FAILED)),
        "The lookup does not show the attempt of a set-up that the customer refused as FAILED.");
    demandNothingStored(found, "a set-up that the customer refused");
  }

  /** The provider's customer is there already, so that one request is left to be made. */
  private static SetUpRequest ofKnownCustomer(Bench bench) {
    Kept first = setUp(bench);
    return bench.setUp(Script.APPROVE).by(Bench.CUSTOMER.knownAs(first.owner()));
  }

  private static void lostAnswer(Bench bench) {
    SetUpRequest request = ofKnownCustomer(bench);
    SettingUp settingUp = SettingUp.of(bench, request);
    bench.network.strikeNext(Fault.LOST_ANSWER);
    Expect.outcome(Outcome.Unknown.class, settingUp.begun(bench.gateway()));
    bench.settle();
    PaymentFacts found =
        isLookedUp(bench)
            ? settingUp.found(bench.another(), PaymentFacts.none())
            : sentAgain(bench, settingUp);
    Expect.equal("Our reference", Flat.of(request.reference()), found.reference());
    Expect.attempt(found);
    Expect.that(
        bench.ledger().setUpsOf(request.reference()).size() < 2,
        "The provider has made the set-up twice.");
  }

  /** Where there is no lookup, the key alone tells; the engine sends it again. */
  private static PaymentFacts sentAgain(Bench bench, SettingUp settingUp) {
    Outcome again = settingUp.begun(bench.another());
    Expect.that(
        !(again instanceof Outcome.Unknown) && !(again instanceof Outcome.NotSent),
        "The same set-up under the same key was answered with " + Words.of(again) + ".");
    return again.snapshot().facts();
  }

  private static void lostRequest(Bench bench) {
    SetUpRequest request = ofKnownCustomer(bench);
    SettingUp settingUp = SettingUp.of(bench, request);
    bench.network.strikeNext(Fault.LOST_REQUEST);
    Expect.outcome(Outcome.Unknown.class, settingUp.begun(bench.gateway()));
    bench.settle();
    int acted = bench.network.acting().size();
    Lookup lookup = settingUp.lookup(bench.another(), PaymentFacts.none());
    if (isLookedUp(bench)) {
      Expect.lookup(Lookup.AbsentAsOf.class, lookup);
    } else {
      Expect.that(
          !(lookup instanceof Lookup.Found), "A lookup found a set-up that was never made.");
    }
    Expect.equal("What acting requests a lookup sent", acted, bench.network.acting().size());
  }

  private static void twice(Bench bench) {
    SetUpRequest request = bench.setUp(Script.APPROVE);
    Kept one = StoredMethodRules.keptIn(done(bench, request, Script.APPROVE));
    Outcome again = SettingUp.of(bench, request).begun(bench.another());
    Expect.equal(
        "The id that the same set-up stored",
        Optional.of(one.id()),
        StoredMethodRules.idIn(again.snapshot().facts()));
    Expect.that(
        bench.ledger().setUpsOf(request.reference()).size() < 2,
        "The provider has made the set-up twice.");
  }

  private static void oneOwner(Bench bench) {
    Kept one = StoredMethodRules.store(bench);
    Kept other = StoredMethodRules.store(bench);
    Expect.equal("The owner of the customer's second method", one.owner(), other.owner());
    List<Optional<String>> owners =
        bench.ledger().methods().stream().map(Ledger.Method::owner).distinct().toList();
    Expect.that(owners.size() < 2, "The provider keeps " + owners.size() + " customers for one.");
  }

  private static void customerWanted(Bench bench) {
    ChargeRequest sale = bench.sale(Script.ACTION_EACH_TIME).storingMethod().by(Bench.CUSTOMER);
    Outcome.ActionRequired asked =
        Expect.outcome(
            Outcome.ActionRequired.class, Bench.told("charge", bench.gateway().charge(sale)));
    Outcome paid = bench.afterAction(sale, asked).by(bench.gateway());
    Kept kept = StoredMethodRules.keptIn(found(bench, sale, paid));
    ChargeRequest renewal = StoredMethodRules.renewal(bench, kept);
    Outcome.Declined declined =
        Expect.outcome(Outcome.Declined.class, Bench.told("c", bench.gateway().charge(renewal)));
    Expect.equal(
        "The decline's code", DeclineCode.AUTHENTICATION_REQUIRED, declined.decline().code());
    StoredMethodRules.demandNothingTaken(bench, renewal, "a charge that wants the customer");
  }

  /** A provider that goes on by itself shows what it stored when it is asked. */
  private static PaymentFacts found(Bench bench, ChargeRequest sale, Outcome paid) {
    PaymentFacts told = paid.snapshot().facts();
    bench.settle();
    return StoredMethodRules.idIn(told).isPresent()
        ? told
        : bench.found(bench.gateway(), sale, told);
  }

  private static void details(Bench bench) {
    MethodDetails one = detailsOf(bench);
    MethodDetails other = detailsOf(bench);
    Expect.that(
        one.brand().isPresent() || one.lastDigits().isPresent(),
        "The snapshot shows neither the brand of the stored method nor its last digits.");
    Expect.equal("The fingerprint of the same card", one.fingerprint(), other.fingerprint());
  }

  private static MethodDetails detailsOf(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE).storingMethod().by(Bench.CUSTOMER);
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, bench.charge(sale)).snapshot().facts();
    return Optional.ofNullable(facts.credentials().get(StoredMethodRules.keptIn(facts).id()))
        .map(credential -> credential.details())
        .orElse(MethodDetails.none());
  }
}
