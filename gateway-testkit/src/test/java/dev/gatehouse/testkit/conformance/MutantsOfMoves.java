package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.captures;
import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.refunds;
import static dev.gatehouse.testkit.conformance.MutantMeans.voids;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.with;
import static dev.gatehouse.testkit.conformance.MutantMeans.withKey;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.Trace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that hold, capture, release or refund in a wrong way. */
final class MutantsOfMoves {
  static final Outcome DONE = new Outcome.Succeeded(Snapshot.empty());

  private MutantsOfMoves() {}

  static List<Mutant> holds() {
    return List.of(
        Mutant.of(
            "CapturesWhatWasToBeHeld",
            "It does not pass on that money is only to be held.",
            writes("/v1/charges", body -> body.put("capture", "automatic")),
            "GW-AUTH-01"),
        Mutant.of(
            "CapturesBehindAHold",
            "It takes what it shows as held.",
            charges(MutantsOfMoves::capturing),
            "GW-AUTH-01"),
        Mutant.of(
            "ShowsHeldMoneyAsTaken",
            "It shows a capture of what is held.",
            reads("charge", MutantsOfMoves::showsHeldAsTaken),
            "GW-AUTH-01"),
        Mutant.of(
            "ForgetsWhoseCaptureItWas",
            "It does not read which operation of ours a capture is of.",
            reads("capture", capture -> capture.remove("metadata")),
            "GW-AUTH-02"),
        Mutant.of(
            "ForgetsToCapture",
            "It says that it captured, and sends nothing.",
            captures((whole, request) -> DONE),
            "GW-AUTH-02",
            "GW-PART-01",
            "GW-PART-02"),
        Mutant.of(
            "BlamesAnotherOperation",
            "It shows captures under a key of another operation.",
            reads(
                "capture",
                capture -> capture.putObject("metadata").put("operation_key", "another")),
            "GW-AUTH-02",
            "GW-PART-01"),
        Mutant.of(
            "SaysItReleased",
            "It says that it released, and sends nothing.",
            voids((whole, request) -> DONE),
            "GW-AUTH-03"),
        Mutant.of(
            "SaysNothingOfTheRelease",
            "It releases, and its snapshot does not show it.",
            voids(
                (whole, request) ->
                    whole.voidAuthorization(request) instanceof Outcome.Succeeded
                        ? DONE
                        : MutantsOfSales.unknown()),
            "GW-AUTH-03"),
        Mutant.of(
            "BelievesInALateCapture",
            "It takes the refusal of a capture for a success.",
            captures((whole, request) -> believed(whole.capture(request))),
            "GW-AUTH-04",
            "GW-PART-03"),
        Mutant.of(
            "DoubtsARefusal",
            "It takes the refusal of a capture for unknown.",
            captures((whole, request) -> doubted(whole.capture(request))),
            "GW-AUTH-04"),
        Mutant.of(
            "CapturesTheLot",
            "It captures all that is held, whatever was asked for.",
            captures((whole, request) -> whole.capture(of(request, held(request), true))),
            "GW-PART-01",
            "GW-PART-03"),
        Mutant.of(
            "NamesCapturesAfterTheirHold",
            "It has one id for all captures of a hold.",
            reads("capture", MutantsOfMoves::namedAfterItsHold),
            "GW-PART-02"),
        Mutant.of(
            "ReleasesTheRest",
            "It makes each capture the last one.",
            captures((whole, request) -> whole.capture(of(request, request.amount(), true))),
            "GW-PART-02"),
        Mutant.of(
            "CutsTheCapture",
            "It captures what can be captured where more was asked for.",
            captures(
                (whole, request) ->
                    whole.capture(of(request, least(request.amount(), held(request)), true))),
            "GW-PART-03"));
  }

  static List<Mutant> givesBack() {
    return List.of(
        Mutant.of(
            "SaysItRefunded",
            "It says that it refunded, and sends nothing.",
            refunds((whole, request) -> DONE),
            "GW-REFUND-01",
            "GW-REFUND-02",
            "GW-REFUND-03",
            "GW-REFUND-04",
            "GW-REFUND-05"),
        Mutant.of(
            "RefundsTwice",
            "It refunds a second time, under another key.",
            refunds(
                (whole, request) -> {
                  Outcome told = whole.refund(request);
                  whole.refund(of(request, request.amount(), request.idempotencyKey() + "-again"));
                  return told;
                }),
            "GW-REFUND-02"),
        Mutant.of(
            "RefundsTheLot",
            "It leaves the amount out, and the provider refunds everything.",
            refunds(
                (whole, request) ->
                    whole.refund(of(request, taken(request), request.idempotencyKey()))),
            "GW-REFUND-02",
            "GW-REFUND-03",
            "GW-REFUND-04"),
        Mutant.of(
            "ShowsARefundAsOfAnother",
            "It shows refunds under a key of another operation.",
            reads("refund", refund -> refund.putObject("metadata").put("operation_key", "another")),
            "GW-REFUND-01",
            "GW-REFUND-02"),
        Mutant.of(
            "TellsRefundsByTheirAmount",
            "It names refunds after their amount.",
            reads("refund", refund -> refund.put("id", "of-" + refund.path("amount").asString(""))),
            "GW-REFUND-03"),
        Mutant.of(
            "MakesOneKeyForAnAmount",
            "Its keys for refunds are made of the capture and the amount.",
            wire(
                (whole, request, limit) ->
                    whole.send(
                        request.uri().getPath().endsWith("/refunds")
                            ? keyedByAmount(request)
                            : request,
                        limit)),
            "GW-REFUND-03"),
        Mutant.of(
            "CutsTheRefund",
            "It refunds what is left where more was asked for.",
            refunds(
                (whole, request) ->
                    whole.refund(
                        of(
                            request,
                            least(request.amount(), taken(request)),
                            request.idempotencyKey()))),
            "GW-REFUND-04"),
        Mutant.of(
            "BelievesInARefusedRefund",
            "It takes the refusal of a refund for a success.",
            refunds((whole, request) -> believed(whole.refund(request))),
            "GW-REFUND-04"),
        Mutant.of(
            "TakesARefundUnderWayForDone",
            "It takes a refund that was accepted for one that was made.",
            refunds(
                (whole, request) -> {
                  Outcome told = whole.refund(request);
                  return told instanceof Outcome.Pending ? MutantsOfSales.succeeded(told) : told;
                }),
            "GW-REFUND-05"),
        Mutant.of(
            "ForgetsWhoseRefundItWas",
            "It does not read which operation of ours a refund is of.",
            reads("refund", refund -> refund.remove("metadata")),
            "GW-REFUND-01",
            "GW-REFUND-02"),
        Mutant.of(
            "SaysARefundIsUnderWay",
            "It says that a refund is under way, and sends nothing.",
            refunds((whole, request) -> new Outcome.Pending(Snapshot.empty())),
            "GW-REFUND-01",
            "GW-REFUND-05"),
        Mutant.of(
            "NeverHearsOfAFailedRefund",
            "It shows a refund that failed as under way.",
            reads("refund", MutantsOfMoves::underWay),
            "GW-REFUND-05"),
        Mutant.of(
            "HidesAFailedRefund",
            "It leaves out refunds that failed.",
            reads("charge", MutantsOfMoves::hideFailed),
            "GW-REFUND-05"));
  }

  private static Outcome capturing(PaymentGateway whole, ChargeRequest request) {
    Outcome told = whole.charge(request);
    var holds = told.snapshot().facts().authorizations();
    if (request.capture() == CaptureMode.MANUAL && !holds.isEmpty()) {
      Trace trace =
          new Trace(
              Optional.of(request.reference()),
              Instant.EPOCH,
              Optional.empty(),
              told.snapshot().facts());
      String key = request.idempotencyKey() + "-capture";
      ((CapturesPayments) whole)
          .capture(new CaptureRequest(trace, key, holds.firstKey(), request.amount(), true));
    }
    return told;
  }

  private static void showsHeldAsTaken(ObjectNode charge) {
    if (charge.path("authorization").isObject()) {
      MutantsOfSales.capturing(charge, "succeeded");
    }
  }

  private static Outcome believed(Outcome told) {
    return told instanceof Outcome.NotSent || told instanceof Outcome.Declined ? DONE : told;
  }

  private static Outcome doubted(Outcome told) {
    return told instanceof Outcome.NotSent || told instanceof Outcome.Declined
        ? MutantsOfSales.unknown()
        : told;
  }

  private static CaptureRequest of(CaptureRequest request, Money amount, boolean isFinal) {
    return new CaptureRequest(
        request.trace(), request.idempotencyKey(), request.authorization(), amount, isFinal);
  }

  private static RefundRequest of(RefundRequest request, Money amount, String key) {
    return new RefundRequest(request.trace(), key, request.capture(), amount, request.reason());
  }

  private static Money held(CaptureRequest request) {
    return request
        .trace()
        .known()
        .authorizations()
        .get(request.authorization())
        .capturable()
        .orElseThrow();
  }

  private static Money taken(RefundRequest request) {
    return request
        .trace()
        .known()
        .movements()
        .get(request.capture())
        .amount()
        .value()
        .orElseThrow();
  }

  private static Money least(Money one, Money other) {
    return one.isLessThan(other) ? one : other;
  }

  private static void namedAfterItsHold(ObjectNode capture) {
    if (capture.path("authorization").isString()) {
      capture.put("id", "cap-of-" + capture.path("authorization").asString());
    }
  }

  private static HttpRequest keyedByAmount(HttpRequest request) {
    byte[] body =
        edited(request.body(), b -> b.putObject("metadata").put("operation_key", "one-for-all"));
    String amount = new String(body, StandardCharsets.UTF_8);
    String key = "refund-" + Integer.toHexString(amount.hashCode());
    return withKey(with(request, body), old -> key);
  }

  private static void underWay(ObjectNode refund) {
    if (refund.path("status").asString("").equals("failed")) {
      refund.put("status", "pending");
    }
  }

  private static void hideFailed(ObjectNode charge) {
    var refunds = charge.withArray("refunds");
    for (int i = refunds.size() - 1; i >= 0; i--) {
      if (refunds.get(i).path("status").asString("").equals("failed")) {
        refunds.remove(i);
      }
    }
  }
}
