package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.Mutant.bent;
import static dev.gatehouse.testkit.conformance.MutantMeans.changed;
import static dev.gatehouse.testkit.conformance.MutantMeans.nothing;
import static dev.gatehouse.testkit.conformance.MutantMeans.with;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Trace;
import java.util.List;
import java.util.stream.Stream;

/** What goes wrong where customers act, and where their methods are kept. */
final class MutantsOfCustomers {
  private MutantsOfCustomers() {}

  static List<Mutant> all() {
    return Stream.of(actions(), stored()).flatMap(List::stream).toList();
  }

  private static final PaymentMethod APPROVED =
      new ReferenceTarget().paying(Script.APPROVE).orElseThrow();

  private static List<Mutant> actions() {
    return List.of(
        bent(
            "GW-ACTION-01",
            "HidesTheAction",
            "It says of a charge that waits for the customer that it is pending.",
            "Pending instead of ActionRequired",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    Outcome outcome = super.charge(request);
                    return outcome instanceof Outcome.ActionRequired required
                        ? new Outcome.Pending(required.snapshot())
                        : outcome;
                  }
                }),
        bent(
            "GW-ACTION-02",
            "NeverCompletes",
            "It says of a completed charge that it is pending.",
            "Pending instead of Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome complete(CompleteRequest request) {
                    return new Outcome.Pending(Snapshot.empty());
                  }
                }),
        bent(
            "GW-ACTION-03",
            "TakesRefusalForApproval",
            "It shows what the customer refused as approved.",
            "that was refused by the customer",
            (straight, here) -> showing(straight, AttemptStep.FAILED, AttemptStep.APPROVED)),
        bent(
            "GW-ACTION-04",
            "WaitsForEver",
            "It shows an attempt that has failed as one that waits for the customer.",
            "does not show the attempt as FAILED",
            (straight, here) -> showing(straight, AttemptStep.FAILED, AttemptStep.ACTION_NEEDED)),
        bent(
            "GW-ACTION-05",
            "CompletesByChargingAnew",
            "It completes the second time by making another charge.",
            "2 charges instead of 1",
            (straight, here) ->
                new MutantGateway(straight) {
                  private int sends;

                  @Override
                  public Outcome complete(CompleteRequest request) {
                    Outcome first = super.complete(request);
                    return sends++ == 0 ? first : chargeAnew(this, request);
                  }
                }),
        bent(
            "GW-ACTION-06",
            "TrustsReturnUrl",
            "It takes whoever comes back for somebody who has paid.",
            "what nobody approved was answered with Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome complete(CompleteRequest request) {
                    super.complete(request);
                    return new Outcome.Succeeded(Snapshot.empty());
                  }
                }),
        bent(
            "GW-ACTION-07",
            "TakesTheFirstAnswerForAll",
            "It takes the first answer to a challenge for the last.",
            "Succeeded instead of ActionRequired",
            (straight, here) ->
                believing(showing(straight, AttemptStep.ACTION_NEEDED, AttemptStep.APPROVED))),
        bent(
            "GW-ACTION-08",
            "TakesApprovalForMoney",
            "It takes the customer's approval for the bank's.",
            "Succeeded instead of Declined",
            (straight, here) -> believing(straight)));
  }

  /** Takes whatever comes of a completion for a success. */
  private static PaymentGateway believing(PaymentGateway straight) {
    return new MutantGateway(straight) {
      @Override
      public Outcome complete(CompleteRequest request) {
        super.complete(request);
        return new Outcome.Succeeded(Snapshot.empty());
      }
    };
  }

  private static Outcome chargeAnew(PaymentGateway gateway, CompleteRequest request) {
    String reference = request.trace().reference().orElseThrow();
    return gateway.charge(
        ChargeRequest.sale(
            reference,
            request.idempotencyKey() + ".anew",
            request
                .trace()
                .known()
                .attempts()
                .get(request.attempt())
                .amount()
                .value()
                .orElseThrow(),
            APPROVED));
  }

  /** Lookups that show attempts at this step as being at that one. */
  private static PaymentGateway showing(
      PaymentGateway straight, AttemptStep step, AttemptStep instead) {
    return new MutantGateway(straight) {
      @Override
      public Lookup lookup(Trace trace) {
        return super.lookup(trace) instanceof Lookup.Found found
            ? new Lookup.Found(
                changed(
                    found.snapshot(),
                    "",
                    attempt -> attempt.step().isAt(step) ? Attempt.at(instead) : attempt))
            : new Lookup.CannotTell(nothing());
      }
    };
  }

  private static List<Mutant> stored() {
    return List.of(
        bent(
            "GW-STORE-01",
            "ForgetsTheStoredId",
            "It does not say under which id a method was stored.",
            "The id of the stored method is ''",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    Outcome outcome = super.charge(request);
                    return outcome instanceof Outcome.Succeeded done
                        ? new Outcome.Succeeded(
                            changed(done.snapshot(), "", a -> Attempt.at(AttemptStep.SUCCEEDED)))
                        : outcome;
                  }
                }),
        bent(
            "GW-STORE-02",
            "AlwaysStores",
            "It stores every method.",
            "The method that was stored",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return super.charge(request.storingMethod());
                  }
                }),
        bent(
            "GW-STORE-03",
            "AsksTheCustomerAtNight",
            "It charges a stored method as if the customer were there.",
            "ActionRequired instead of Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return request.initiator() == Initiator.MERCHANT
                        ? super.charge(with(request, token(Script.ACTION)))
                        : super.charge(request);
                  }
                }),
        bent(
            "GW-STORE-04",
            "TakesRevokedForUnclear",
            "It does not know what a declined stored method means.",
            "revoked was answered with Unknown",
            (straight, here) -> unsureOfDeclines(straight)),
        bent(
            "GW-STORE-05",
            "ChargesWhateverIsThere",
            "It charges another method where it does not find the stored one.",
            "that nobody knows was answered with Succeeded",
            (straight, here) ->
                new MutantGateway(straight) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return request.method() instanceof PaymentMethod.Stored
                        ? super.charge(with(request, APPROVED))
                        : super.charge(request);
                  }
                }));
  }

  private static PaymentMethod token(Script script) {
    return new ReferenceTarget().paying(script).orElseThrow();
  }

  private static PaymentGateway unsureOfDeclines(PaymentGateway straight) {
    return new MutantGateway(straight) {
      @Override
      public Outcome charge(ChargeRequest request) {
        Outcome outcome = super.charge(request);
        return outcome instanceof Outcome.Declined ? new Outcome.Unknown(nothing()) : outcome;
      }
    };
  }
}
