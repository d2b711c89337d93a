package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.simulator.SimulatedProvider.Happening;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the customer has to do first: authenticate, approve, transfer. */
final class CustomerActionRules {
  /** By then, a provider has given up on whoever does not come back. */
  private static final Duration LONG = Duration.ofDays(8);

  /** As it is, in a form, and in JSON that escapes what HTML would read. */
  private static final List<String> RETURN_FORMS =
      List.of(
          Bench.RETURN_URL.toString(),
          URLEncoder.encode(Bench.RETURN_URL.toString(), StandardCharsets.UTF_8),
          Bench.RETURN_URL.toString().replace("&", "\\u0026").replace("=", "\\u003d"));

  private CustomerActionRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-ACTION-01", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule(
                "A charge or a hold that waits for the customer is ActionRequired, says what is to"
                    + " be done and where to come back, and takes nothing.")
            .why("A shop that does not learn where to send the customer loses the sale.")
            .remedy(
                "Answer ActionRequired with the provider's page or client token; show the attempt"
                    + " as ACTION_NEEDED with that action.")
            .by(CustomerActionRules::asked),
        Rule.must("GW-ACTION-02", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule("When the customer has done it, the money is taken once, and that is told.")
            .why("The customer has authenticated and believes to have paid.")
            .remedy(
                "Go on in complete(), under the request's key; where the provider goes on by"
                    + " itself, let lookup() show it.")
            .by(CustomerActionRules::approved),
        Rule.must("GW-ACTION-03", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule("What the customer has refused takes nothing, and is not shown as going on.")
            .why("A payment that nobody made is shipped, or looked up for a week.")
            .remedy("Show the attempt as FAILED; as ACTION_NEEDED only if it can be tried again.")
            .by(CustomerActionRules::rejected),
        Rule.must("GW-ACTION-04", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule(
                "A customer who never comes back: nothing is taken, and when the provider has given"
                    + " up, a lookup shows that the attempt has failed.")
            .why("An attempt that stays open blocks the order and its stock for ever.")
            .remedy("Map what expires or is cancelled at the provider to FAILED, as ABANDONED.")
            .by(CustomerActionRules::abandoned),
        Rule.must("GW-ACTION-05", Group.CUSTOMER_ACTION)
            .needs(Capability.COMPLETION)
            .rule(
                "Completing the same charge twice, by another instance, too, is one charge and one"
                    + " result.")
            .why(
                "The customer's return, the webhook and the poll all lead to a completion, often"
                    + " at once.")
            .remedy(
                "Send the request's key with the completion each time, whatever you take the state"
                    + " for; never make a new charge of it.")
            .by(CustomerActionRules::completedTwice),
        Rule.must("GW-ACTION-06", Group.CUSTOMER_ACTION)
            .needs(Capability.CUSTOMER_ACTION)
            .rule(
                "What the customer has not approved is not taken and not shown as approved,"
                    + " whatever the address of the return says.")
            .why("Anybody can type an address that says: paid.")
            .remedy("Learn what became of it from the provider, in complete() and in lookup().")
            .by(CustomerActionRules::notApproved));
  }

  private record Begun(ChargeRequest request, Outcome.ActionRequired outcome) {
    PaymentFacts facts() {
      return outcome.snapshot().facts();
    }
  }

  private static Begun begin(Bench bench) {
    return begin(bench, bench.sale(Script.ACTION).returningTo(Bench.RETURN_URL));
  }

  private static Begun begin(Bench bench, ChargeRequest sale) {
    Outcome outcome = Bench.told("charge", bench.gateway().charge(sale));
    return new Begun(sale, Expect.outcome(Outcome.ActionRequired.class, outcome));
  }

  /** The call that is left when the customer has approved. */
  static Taking approvedTaking(Bench bench) {
    Begun begun = begin(bench);
    return bench.afterAction(begun.request, begun.outcome);
  }

  private static void asked(Bench bench) {
    Begun begun = begin(bench);
    demandAsked(bench, begun);
    demandOfItsOwn(begun, begin(bench));
    ChargeRequest sale = bench.sale(Script.ACTION).returningTo(Bench.RETURN_URL);
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.AUTHORIZE)) {
      demandAsked(bench, begin(bench, sale.holdOnly()));
    }
  }

  /** A page or a token is this charge's; lines to read may be the same for all. */
  private static void demandOfItsOwn(Begun one, Begun other) {
    CustomerAction action = one.outcome.action();
    Expect.that(
        action instanceof CustomerAction.Instructions || !action.equals(other.outcome.action()),
        "Two charges lead to the same: " + action + ".");
  }

  private static void demandAsked(Bench bench, Begun begun) {
    demandUsable(begun.outcome.action());
    Attempt attempt = Expect.attempt(begun.facts()).getValue();
    Expect.equal(
        "The attempt's step",
        AttemptStep.ACTION_NEEDED,
        attempt.step().value().orElse(AttemptStep.STARTED));
    Expect.that(
        attempt.action().value().isPresent(), "The attempt in the snapshot shows no action.");
    Expect.equal(
        "The action that the outcome hands out",
        attempt.action().value(),
        Optional.of(begun.outcome.action()));
    demandNothingTaken(bench, begun.facts());
    demandReturnAddressSent(bench);
  }

  /** In whatever form the request has, and whichever of several it is. */
  private static void demandReturnAddressSent(Bench bench) {
    Expect.that(
        bench.network.acting().stream()
            .map(request -> new String(request.body(), StandardCharsets.UTF_8))
            .map(body -> body.replace("\\/", "/"))
            .anyMatch(body -> RETURN_FORMS.stream().anyMatch(body::contains)),
        "No request has the address that the customer comes back to.");
  }

  private static void demandUsable(CustomerAction action) {
    boolean usable =
        action instanceof CustomerAction.Redirect redirect
            ? redirect.url().getHost() != null
            : action instanceof CustomerAction.ClientToken token
                ? !token.token().isBlank()
                : !((CustomerAction.Instructions) action).lines().isEmpty();
    Expect.that(usable, "The action leads nowhere: " + action + ".");
  }

  private static void demandNothingTaken(Bench bench, PaymentFacts facts) {
    Expect.that(
        Expect.done(facts, MovementKind.CAPTURE).isEmpty(),
        "The snapshot shows money as taken without the customer's consent.");
    Expect.that(
        bench.ledger().charges().stream().allMatch(charge -> charge.captured().isZero()),
        "The provider has taken money without the customer's consent.");
  }

  private static void approved(Bench bench) {
    Begun begun = begin(bench);
    Taking taking = bench.afterAction(begun.request, begun.outcome);
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, taking.by(bench.gateway())).snapshot().facts();
    Expect.equal(
        "The captures in the snapshot", 1, Expect.done(facts, MovementKind.CAPTURE).size());
    Expect.equal(
        "What the provider has taken", begun.request.amount(), bench.theCharge().captured());
  }

  private static PaymentFacts seen(Bench bench, Begun begun) {
    return bench.found(bench.another(), begun.request, begun.facts());
  }

  private static void rejected(Bench bench) {
    Begun begun = begin(bench);
    bench.happens(Happening.CUSTOMER_REJECTS, bench.theCharge().id());
    bench.settle();
    PaymentFacts facts = seen(bench, begun);
    demandNothingTaken(bench, facts);
    demandNone(
        facts,
        "that was refused by the customer",
        AttemptStep.APPROVED,
        AttemptStep.PROCESSING,
        AttemptStep.SUCCEEDED);
  }

  private static void demandNone(PaymentFacts facts, String what, AttemptStep... steps) {
    Expect.that(!facts.attempts().isEmpty(), "A lookup shows no attempt.");
    for (AttemptStep step : steps) {
      Expect.that(
          facts.attempts().values().stream().noneMatch(attempt -> attempt.step().isAt(step)),
          "A lookup shows an attempt as " + step + " " + what + ".");
    }
  }

  private static void abandoned(Bench bench) {
    Begun begun = begin(bench);
    bench.clock.advance(LONG);
    PaymentFacts facts = seen(bench, begun);
    demandNothingTaken(bench, facts);
    // There are providers that wait for ever, until the framework gives up.
    boolean waits =
        bench.ledger().chargesOf(begun.request.reference()).stream()
            .anyMatch(charge -> charge.status().equals("requires_action"));
    AttemptStep wanted = waits ? AttemptStep.ACTION_NEEDED : AttemptStep.FAILED;
    Expect.that(
        facts.attempts().values().stream()
            .filter(Attempt::isCurrent)
            .allMatch(attempt -> attempt.step().isAt(wanted)),
        "After " + LONG.toDays() + " days a lookup does not show the attempt as " + wanted + ".");
  }

  private static void completedTwice(Bench bench) {
    Begun begun = begin(bench);
    Taking taking = bench.afterAction(begun.request, begun.outcome);
    Outcome first = Expect.outcome(Outcome.Succeeded.class, taking.by(bench.gateway()));
    Outcome second = Expect.outcome(Outcome.Succeeded.class, taking.by(bench.gateway()));
    Outcome third = Expect.outcome(Outcome.Succeeded.class, taking.by(bench.another()));
    Expect.equal(
        "What the provider has taken", begun.request.amount(), bench.theCharge().captured());
    for (Outcome again : List.of(second, third)) {
      Expect.equal(
          "The movements of the later answer",
          first.snapshot().facts().movements().keySet(),
          again.snapshot().facts().movements().keySet());
    }
  }

  private static void notApproved(Bench bench) {
    Begun begun = begin(bench);
    if (bench.capabilities().contains(Capability.COMPLETION)) {
      Outcome outcome =
          Taking.unapproved(bench, begun.request, begun.outcome.snapshot()).by(bench.gateway());
      Expect.that(
          !(outcome instanceof Outcome.Succeeded) && !(outcome instanceof Outcome.Pending),
          "The completion of what nobody approved was answered with " + Words.of(outcome) + ".");
      demandNothingTaken(bench, outcome.snapshot().facts());
    }
    bench.settle();
    Lookup lookup = bench.lookup(bench.another(), begun.request, begun.facts());
    PaymentFacts facts = Expect.lookup(Lookup.Found.class, lookup).snapshot().facts();
    demandNothingTaken(bench, facts);
    demandNone(
        facts,
        "that nobody approved",
        AttemptStep.APPROVED,
        AttemptStep.PROCESSING,
        AttemptStep.SUCCEEDED);
  }
}
