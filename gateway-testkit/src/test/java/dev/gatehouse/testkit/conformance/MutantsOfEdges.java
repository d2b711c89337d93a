package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.captures;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.voids;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Gateways that go wrong with money that is gone, taken, unknown, or asked for once more. */
final class MutantsOfEdges {
  private MutantsOfEdges() {}

  static List<Mutant> holds() {
    return List.of(
        Mutant.of(
            "TakesNotFoundForDone",
            "It takes it for done when the provider does not know a hold.",
            captures((whole, request) -> found(whole.capture(request))),
            "GW-AUTH-05"),
        Mutant.of(
            "BelievesInALateVoid",
            "It takes the refusal of a void for a success.",
            voids((whole, request) -> believed(whole.voidAuthorization(request))),
            "GW-AUTH-06"),
        Mutant.of(
            "KeepsWhatRanOutAlive",
            "It shows a hold that ran out as open.",
            reads(
                "authorization",
                hold -> {
                  if (hold.path("status").asString("").equals("expired")) {
                    hold.put("status", "open");
                  }
                }),
            "GW-AUTH-09"),
        Mutant.of(
            "NeverMakesTheLastCapture",
            "It does not pass on that a capture is the last one.",
            writes("/captures", body -> body.put("final", false)),
            "GW-PART-04"),
        Mutant.of(
            "CapturesInItsOwnCurrency",
            "It captures as many units of the hold's currency, whatever was asked for.",
            captures((whole, request) -> whole.capture(in(currency(request), request))),
            "GW-PART-05"));
  }

  static List<Mutant> refunds() {
    return List.of(
        Mutant.of(
            "VoidsInsteadOfRefunding",
            "It releases a hold when it is asked for a refund.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome refund(RefundRequest request) {
                        Outcome told = super.refund(request);
                        return told instanceof Outcome.NotSent
                            ? behind(VoidsPayments.class).voidAuthorization(released(request))
                            : told;
                      }
                    }),
            "GW-REFUND-07"),
        Mutant.of(
            "RefundsTwoPartsAtMost",
            "It says of the third refund that it is done, and sends nothing.",
            MutantsOfEdges::twoAtMost,
            "GW-REFUND-08"),
        Mutant.of(
            "ShowsRefundsAsTheyBegan",
            "Its lookup shows a refund as under way for ever.",
            wire(
                (whole, request, limit) ->
                    request.method().equals("GET")
                        ? edited(
                            whole.send(request, limit),
                            "refund",
                            refund -> refund.put("status", "pending"))
                        : whole.send(request, limit)),
            "GW-REFUND-09"),
        Mutant.of(
            "RefundsOutOfTheFirstCapture",
            "It refunds the first capture of a payment, whichever is named.",
            MutantMeans.refunds((whole, request) -> whole.refund(outOfTheFirst(request))),
            "GW-REFUND-12"),
        Mutant.of(
            "TakesEveryDoneRefundForGood",
            "It shows a refund that came back as done.",
            MutantMeans.reads(
                "refund",
                refund -> {
                  if (refund.path("status").asString("").equals("reversed")) {
                    refund.put("status", "succeeded");
                  }
                }),
            "GW-REFUND-13"),
        Mutant.of(
            "RemembersWhatItRefunded",
            "It refuses to refund what it has refunded, though that failed.",
            MutantsOfEdges::remembering,
            "GW-REFUND-10"),
        Mutant.of(
            "RefundsInItsOwnCurrency",
            "It refunds as many units of the capture's currency, whatever was asked for.",
            MutantMeans.refunds((whole, request) -> whole.refund(in(currency(request), request))),
            "GW-REFUND-11"));
  }

  private static Outcome found(Outcome told) {
    return told instanceof Outcome.NotSent notSent
            && notSent.failure().category() == ErrorCategory.NOT_FOUND
        ? MutantsOfMoves.DONE
        : told;
  }

  private static Outcome believed(Outcome told) {
    return told instanceof Outcome.NotSent ? MutantsOfMoves.DONE : told;
  }

  private static CurrencyUnit currency(CaptureRequest request) {
    PaymentFacts known = request.trace().known();
    return Optional.ofNullable(known.authorizations().get(request.authorization()))
        .flatMap(hold -> hold.amount().value())
        .map(Money::getCurrencyUnit)
        .orElse(request.amount().getCurrencyUnit());
  }

  private static CurrencyUnit currency(RefundRequest request) {
    PaymentFacts known = request.trace().known();
    return Optional.ofNullable(known.movements().get(request.capture()))
        .flatMap(capture -> capture.amount().value())
        .map(Money::getCurrencyUnit)
        .orElse(request.amount().getCurrencyUnit());
  }

  private static CaptureRequest in(CurrencyUnit currency, CaptureRequest request) {
    return new CaptureRequest(
        request.trace(),
        request.idempotencyKey(),
        request.authorization(),
        Money.of(currency, request.amount().getAmount()),
        request.isFinal());
  }

  private static RefundRequest in(CurrencyUnit currency, RefundRequest request) {
    return new RefundRequest(
        request.trace(),
        request.idempotencyKey(),
        request.capture(),
        Money.of(currency, request.amount().getAmount()),
        request.reason());
  }

  private static VoidRequest released(RefundRequest request) {
    return new VoidRequest(request.trace(), request.idempotencyKey() + "-void", request.capture());
  }

  private static GatewayProvider twoAtMost(GatewayProvider provider) {
    Map<String, Integer> times = new HashMap<>();
    return MutantMeans.refunds(
            (RefundsPayments whole, RefundRequest request) ->
                times.merge(request.capture(), 1, Integer::sum) > 2
                    ? MutantsOfMoves.DONE
                    : whole.refund(request))
        .apply(provider);
  }

  private static GatewayProvider remembering(GatewayProvider provider) {
    Map<String, String> refunded = new HashMap<>();
    return MutantMeans.refunds(
            (RefundsPayments whole, RefundRequest request) -> {
              String first = refunded.putIfAbsent(request.capture(), request.idempotencyKey());
              return first == null || first.equals(request.idempotencyKey())
                  ? whole.refund(request)
                  : new Outcome.NotSent(
                      Failure.of(ErrorCategory.INVALID_STATE, "mutant", "refunded already"));
            })
        .apply(provider);
  }

  private static RefundRequest outOfTheFirst(RefundRequest request) {
    String first =
        request.trace().known().movements().entrySet().stream()
            .filter(movement -> movement.getValue().is(MovementKind.CAPTURE))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(request.capture());
    return new RefundRequest(
        request.trace(), request.idempotencyKey(), first, request.amount(), request.reason());
  }
}
