package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What goes wrong where methods are stored without a charge, and removed. */
final class MutantsOfStoring {
  private MutantsOfStoring() {}

  static List<Mutant> all() {
    return Stream.of(setUps(), inDoubt(), known(), removals()).flatMap(List::stream).toList();
  }

  private static UnaryOperator<GatewayProvider> setsUp(
      BiFunction<MutantGateway, SetUpRequest, Outcome> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Outcome setUp(SetUpRequest request) {
                return how.apply(new MutantGateway(behind), request);
              }
            });
  }

  /** What becomes of a set-up is told in another way. */
  private static UnaryOperator<GatewayProvider> tellsOfSetUps(UnaryOperator<Outcome> how) {
    return setsUp((whole, request) -> how.apply(whole.setUp(request)));
  }

  private static UnaryOperator<GatewayProvider> looksUpSetUps(
      BiFunction<MutantGateway, Trace, Lookup> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Lookup lookupSetUp(Trace trace) {
                return how.apply(new MutantGateway(behind), trace);
              }
            });
  }

  private static UnaryOperator<GatewayProvider> removes(
      BiFunction<MutantGateway, RemoveRequest, Outcome> how) {
    return around(
        whole ->
            new MutantGateway(whole) {
              @Override
              public Outcome remove(RemoveRequest request) {
                return how.apply(new MutantGateway(behind), request);
              }
            });
  }

  private static List<Mutant> setUps() {
    return List.of(
        Mutant.of(
            "ForgetsWhatASetUpStored",
            "It shows no id of what a set-up stored.",
            tellsOfSetUps(
                told ->
                    told instanceof Outcome.Succeeded
                        ? new Outcome.Succeeded(at(told, AttemptStep.SUCCEEDED))
                        : told),
            "GW-STORE-08"),
        Mutant.of(
            "UnsureOfDeclinedSetUps",
            "It does not know what a declined set-up means.",
            tellsOfSetUps(told -> declinedAs(told, DeclineCode.GENERIC_DECLINE)),
            "GW-STORE-09"),
        Mutant.of(
            "StoresBeforeTheBankAgreed",
            "It names a stored method while the customer must still authenticate.",
            tellsOfSetUps(
                told ->
                    told instanceof Outcome.ActionRequired asked
                        ? new Outcome.ActionRequired(early(asked.snapshot()), asked.action())
                        : told),
            "GW-STORE-10"),
        Mutant.of(
            "WaitsForWhoRefused",
            "It shows a set-up that was refused as one that waits for the customer.",
            looksUpSetUps(
                (whole, trace) ->
                    whole.lookupSetUp(trace) instanceof Lookup.Found found
                        ? new Lookup.Found(at(found.snapshot(), AttemptStep.ACTION_NEEDED))
                        : whole.lookupSetUp(trace)),
            "GW-STORE-11"));
  }

  private static List<Mutant> inDoubt() {
    AtomicReference<SetUpRequest> last = new AtomicReference<>();
    AtomicInteger number = new AtomicInteger();
    return List.of(
        Mutant.of(
            "FindsNoSetUp",
            "It looks for set-ups among charges.",
            looksUpSetUps((whole, trace) -> whole.lookup(trace)),
            "GW-STORE-08",
            "GW-STORE-12"),
        Mutant.of(
            "SureOfWhatGotLost",
            "It says of a set-up without an answer that it was not sent.",
            tellsOfSetUps(
                told ->
                    told instanceof Outcome.Unknown unknown
                        ? new Outcome.NotSent(unknown.failure())
                        : told),
            "GW-STORE-12",
            "GW-STORE-13"),
        Mutant.of(
            "StoresByLooking",
            "It sends a set-up again when it does not find it.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome setUp(SetUpRequest request) {
                        last.set(request);
                        return super.setUp(request);
                      }

                      @Override
                      public Lookup lookupSetUp(Trace trace) {
                        Lookup lookup = super.lookupSetUp(trace);
                        if (lookup instanceof Lookup.AbsentAsOf) {
                          super.setUp(last.get());
                        }
                        return lookup;
                      }
                    }),
            "GW-STORE-13"),
        Mutant.of(
            "SetsUpAnew",
            "It makes a key of its own for each set-up.",
            setsUp((whole, request) -> whole.setUp(under(request, number.incrementAndGet()))),
            "GW-STORE-14"));
  }

  private static List<Mutant> known() {
    return List.of(
        Mutant.of(
            "MakesACustomerEach",
            "It makes a customer of the provider's for each method.",
            charges(
                (whole, request) ->
                    whole.charge(
                        request.storeMethod()
                            ? request.by(request.customer().of(request.reference()))
                            : request)),
            "GW-STORE-15"),
        Mutant.of(
            "HidesThatTheCustomerIsWanted",
            "It says of a charge that the customer must authenticate that the bank declined.",
            tells(told -> declinedAs(told, DeclineCode.DO_NOT_HONOR)),
            "GW-STORE-16"),
        Mutant.of(
            "KnowsNoCard",
            "It shows nothing that people know a card by.",
            tells(
                told ->
                    told instanceof Outcome.Succeeded done
                        ? new Outcome.Succeeded(withoutCredentials(done.snapshot()))
                        : told),
            "GW-STORE-17"));
  }

  private static List<Mutant> removals() {
    return List.of(
        Mutant.of(
            "RemovesNothing",
            "It says that a method was removed, and asks nobody.",
            removes((whole, request) -> removed(request)),
            "GW-STORE-18",
            "GW-STORE-20"),
        Mutant.of(
            "FailsToRemoveWhatIsGone",
            "It takes a method that is not there for a fault.",
            removes(
                (whole, request) ->
                    request.method().endsWith("x")
                        ? new Outcome.NotSent(
                            Failure.of(ErrorCategory.NOT_FOUND, "gone", "there is no such method"))
                        : whole.remove(request)),
            "GW-STORE-19"),
        Mutant.of(
            "TakesSilenceForRemoval",
            "It says of a removal without an answer that it was done.",
            removes(
                (whole, request) ->
                    whole.remove(request) instanceof Outcome.Unknown
                        ? removed(request)
                        : whole.remove(request)),
            "GW-STORE-20"),
        Mutant.of(
            "TakesAnyAccountForItsOwn",
            "It does not look at the account that a method is stored in.",
            removes(
                (whole, request) ->
                    whole.remove(
                        new RemoveRequest(
                            request.idempotencyKey(),
                            request.method(),
                            request.owner(),
                            Optional.empty()))),
            "GW-STORE-21"));
  }

  private static Outcome removed(RemoveRequest request) {
    return new Outcome.Succeeded(
        Snapshot.builder().credential(request.method(), Credential.removed()).build());
  }

  private static Outcome declinedAs(Outcome told, DeclineCode code) {
    return told instanceof Outcome.Declined declined
        ? new Outcome.Declined(declined.snapshot(), Decline.of(code))
        : told;
  }

  private static Snapshot at(Outcome told, AttemptStep step) {
    return at(told.snapshot(), step);
  }

  private static Snapshot at(Snapshot seen, AttemptStep step) {
    return Snapshot.builder().attempt(seen.facts().attempts().firstKey(), Attempt.at(step)).build();
  }

  private static Snapshot early(Snapshot seen) {
    String id = seen.facts().attempts().firstKey();
    return Snapshot.builder()
        .attempt(id, seen.facts().attempts().get(id).storing("pm_early"))
        .build();
  }

  private static Snapshot withoutCredentials(Snapshot seen) {
    PaymentFacts facts = seen.facts();
    Snapshot.Builder shown = Snapshot.builder();
    facts.attempts().forEach(shown::attempt);
    facts.movements().forEach(shown::movement);
    return shown.build();
  }

  private static SetUpRequest under(SetUpRequest r, int number) {
    return new SetUpRequest(
        r.reference(),
        r.idempotencyKey() + "-" + number,
        r.method(),
        r.agreement(),
        r.returnUrl(),
        r.customer());
  }
}
