package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.captures;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.refunds;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.voids;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantsOfWebhooks.receives;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gateways that take care with charges alone. */
final class MutantsOfMovesInDoubt {
  private MutantsOfMovesInDoubt() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "TakesACaptureWithoutAnswerForNotSent",
            "It takes silence about a capture for a proof that nothing was sent.",
            captures((whole, request) -> unknownAsNotSent(whole.capture(request))),
            "GW-DOUBT-22"),
        Mutant.of(
            "CapturesOnceMore",
            "It sends a capture again when it does not know what became of it.",
            captures(
                (whole, request) -> {
                  Outcome first = whole.capture(request);
                  return first instanceof Outcome.Unknown ? whole.capture(request) : first;
                }),
            "GW-DOUBT-22"),
        Mutant.of(
            "TakesAVoidForDone",
            "It takes a hold for released whose void was not answered.",
            voids(
                (whole, request) -> {
                  Outcome told = whole.voidAuthorization(request);
                  return told instanceof Outcome.Unknown
                      ? new Outcome.Succeeded(Snapshot.empty())
                      : told;
                }),
            "GW-DOUBT-23"),
        Mutant.of(
            "DeclinesRefundsInDoubt",
            "It takes any trouble with a refund for a no.",
            refunds(
                (whole, request) -> {
                  Outcome told = whole.refund(request);
                  return told instanceof Outcome.Unknown ? MutantsInDoubt.declined() : told;
                }),
            "GW-DOUBT-24"),
        Mutant.of(
            "DoubtsRefundsThatWereNotSent",
            "It takes a refused connection for unknown, at refunds.",
            refunds(
                (whole, request) -> {
                  Outcome told = whole.refund(request);
                  return told instanceof Outcome.NotSent ? MutantsOfSales.unknown() : told;
                }),
            "GW-DOUBT-24"),
        Mutant.of(
            "TakesACompletionInDoubtForNotSent",
            "It takes silence about a completion for a proof that nothing was sent.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome complete(CompleteRequest request) {
                        return unknownAsNotSent(super.complete(request));
                      }
                    }),
            "GW-DOUBT-25"),
        Mutant.of(
            "TakesA404ForARefusal",
            "It takes the status for the provider's word, whoever answered.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  return answer.status() == 404 ? refusal() : answer;
                }),
            "GW-DOUBT-26"),
        Mutant.of(
            "RetriesRevokedMethods",
            "It takes the decline of a revoked method for one that passes.",
            tells(
                told ->
                    told instanceof Outcome.Declined declined
                        ? new Outcome.Declined(
                            declined.snapshot(), Decline.of(DeclineCode.TRY_AGAIN_LATER))
                        : told),
            "GW-STORE-04"),
        Mutant.of(
            "KeepsTheRefundInAField",
            "It reads the amount of a refund from a field when the answer comes.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      private final List<Outcome> answers = new CopyOnWriteArrayList<>();

                      @Override
                      public Outcome refund(RefundRequest request) {
                        answers.add(super.refund(request));
                        return answers.get(0);
                      }
                    }),
            "GW-CONC-05"),
        Mutant.of(
            "ClosesTheTransport",
            "It closes the transport that belongs to the framework.",
            opens(
                (whole, settings, environment) ->
                    new MutantGateway(whole.open(settings, environment)) {
                      @Override
                      public void close() {
                        super.close();
                        environment.http().close();
                      }
                    }),
            "GW-RSRC-08"),
        Mutant.of(
            "CountsNoticesForADay",
            "It takes a notice for a day that counts for five minutes.",
            receives(
                (inbox, request) ->
                    inbox.isSigned(request, 64) ? inbox.trust(request) : inbox.receive(request)),
            "GW-HOOK-25"),
        Mutant.of(
            "TellsTheSignatureItWanted",
            "It says by what a notice would have been signed.",
            receives(
                (inbox, request) ->
                    inbox.receive(request) instanceof WebhookAnswer.Rejected no
                            && no.reason().startsWith("no signature")
                        ? new WebhookAnswer.Rejected(
                            "wanted one by "
                                + inbox
                                    .settings()
                                    .required(ReferenceGatewayProvider.WEBHOOK_SECRET))
                        : inbox.receive(request)),
            "GW-SECR-01"));
  }

  private static Outcome unknownAsNotSent(Outcome told) {
    return told instanceof Outcome.Unknown
        ? new Outcome.NotSent(Failure.of(ErrorCategory.NOT_SENT, "mutant", "no answer"))
        : told;
  }

  private static HttpResponse refusal() {
    String body = "{'error':{'type':'not_found','code':'x','message':'x'}}";
    return new HttpResponse(404, HttpHeaders.none(), MutantsInDoubt.bytes(body.replace('\'', '"')));
  }
}
