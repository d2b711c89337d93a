package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that do not learn of what happened without them. */
final class MutantsOfChanges {
  private static final Duration MONTH = Duration.ofDays(30);

  private MutantsOfChanges() {}

  /** Asks the whole gateway, in some way. */
  @FunctionalInterface
  private interface Listing {
    Changes since(PaymentGateway whole, Instant now, Instant since, Asking asking);
  }

  /** The whole gateway's list. */
  @FunctionalInterface
  private interface Asking {
    Changes since(Instant since);
  }

  private static UnaryOperator<GatewayProvider> lists(Listing how) {
    return opens(
        (provider, settings, environment) ->
            new MutantGateway(provider.open(settings, environment)) {
              @Override
              public Changes changesSince(Instant since) {
                return how.since(behind, environment.clock().instant(), since, super::changesSince);
              }
            });
  }

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "ListsItsOwnOnly",
            "It lists what has a reference of ours, and nothing else.",
            lists(
                (whole, now, since, list) ->
                    list.since(since) instanceof Changes.Listed all
                        ? new Changes.Listed(
                            all.hints().stream().filter(h -> h.reference().isPresent()).toList(),
                            all.from(),
                            all.upTo())
                        : list.since(since)),
            "GW-CHANGE-01"),
        Mutant.of(
            "GoesOnFromItsOwnClock",
            "It says that the list has everything up to the time by its own clock.",
            lists(
                (whole, now, since, list) ->
                    list.since(since) instanceof Changes.Listed all
                        ? new Changes.Listed(all.hints(), all.from(), now)
                        : list.since(since)),
            "GW-CHANGE-02"),
        Mutant.of(
            "SaysThatNothingChanged",
            "It answers with an empty list when it could not read any.",
            lists(
                (whole, now, since, list) ->
                    list.since(since) instanceof Changes.Listed all
                        ? all
                        : new Changes.Listed(List.of(), since, since)),
            "GW-CHANGE-03"),
        Mutant.of(
            "TakesAFailureForTheEnd",
            "It takes a page that can't be read for the end of the list.",
            opens(
                (provider, settings, environment) ->
                    provider.open(
                        settings,
                        MutantMeans.over(
                            environment,
                            (http, request, limit) ->
                                ended(
                                    request,
                                    http.send(request, limit),
                                    environment.clock().instant())))),
            "GW-CHANGE-04"),
        Mutant.of(
            "ChargesToSeeWhetherItCan",
            "It tries a charge of its own before it asks for the list.",
            lists(
                (whole, now, since, list) -> {
                  whole.charge(
                      ChargeRequest.sale(
                          "ping",
                          "ping",
                          Money.parse("EUR 1.00"),
                          new ReferenceTarget().paying(Script.APPROVE).orElseThrow()));
                  return list.since(since);
                }),
            "GW-CHANGE-05"),
        Mutant.of(
            "HidesHowFarItReaches",
            "It lists a month, and says that it listed all that was asked for.",
            lists(
                (whole, now, since, list) -> {
                  Instant oldest = now.minus(MONTH);
                  return list.since(since.isBefore(oldest) ? oldest : since)
                          instanceof Changes.Listed some
                      ? new Changes.Listed(some.hints(), since, some.upTo())
                      : list.since(since);
                }),
            "GW-CHANGE-06"));
  }

  private static HttpResponse ended(HttpRequest request, HttpResponse answer, Instant now) {
    boolean isLater =
        request.uri().getPath().endsWith("/events")
            && !request.uri().getQuery().endsWith("after=0");
    if (!isLater || answer.status() < 500) {
      return answer;
    }
    String end =
        "{\"object\":\"list\",\"has_more\":false,\"next\":\"0\",\"data\":[],\"up_to\":\""
            + now
            + "\"}";
    return new HttpResponse(200, answer.headers(), end.getBytes(StandardCharsets.UTF_8));
  }

  static List<Mutant> disputes() {
    return List.of(
        Mutant.of(
            "LeavesDisputesOut",
            "It reads charges, captures and refunds, and no disputes.",
            reads("charge", charge -> charge.putArray("disputes")),
            "GW-DISP-01",
            "GW-DISP-02"),
        Mutant.of(
            "LeavesWonMoneyOut",
            "It shows what a dispute took, and not what came back.",
            reads("dispute", dispute -> dispute.putNull("reinstatement")),
            "GW-DISP-02"),
        Mutant.of(
            "IgnoresNoticesOfDisputes",
            "It takes notices of disputes for ones of a type that it does not know.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      @Override
                      public WebhookAnswer receive(WebhookRequest request) {
                        WebhookAnswer answer = super.receive(request);
                        String body = new String(request.body(), StandardCharsets.UTF_8);
                        return answer instanceof WebhookAnswer.Verified verified
                                && body.contains("dispute")
                            ? new WebhookAnswer.Verified(List.of(), verified.reply())
                            : answer;
                      }
                    }),
            "GW-DISP-03"),
        Mutant.of(
            "ListsNoDisputes",
            "It passes over disputes in the list of changes.",
            wire(
                (whole, request, limit) ->
                    edited(whole.send(request, limit), "list", MutantsOfChanges::withoutDisputes)),
            "GW-DISP-04"));
  }

  private static void withoutDisputes(ObjectNode list) {
    List<JsonNode> kept =
        list.path("data")
            .valueStream()
            .filter(event -> !event.path("type").asString("").contains("dispute"))
            .toList();
    list.putArray("data").addAll(kept);
  }
}
