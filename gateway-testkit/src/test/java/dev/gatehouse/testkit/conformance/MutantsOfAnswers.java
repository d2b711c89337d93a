package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.captures;
import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.describes;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.over;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.refunds;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.withKey;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Gateways whose answers and lookups differ, or that keep a rule for plain sales alone. */
final class MutantsOfAnswers {
  private MutantsOfAnswers() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "LooksUpDeclinesAsGeneric",
            "It maps declines in answers, and in lookups it has one for all.",
            lookingUp(
                charge -> {
                  if (charge.path("decline") instanceof ObjectNode decline) {
                    decline.put("code", "declined");
                  }
                }),
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpWhatIsUnderWayAsPaid",
            "It shows what the provider works on as paid, where it looks it up.",
            lookingUp(charge -> restated(charge, "processing", "succeeded")),
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpANewStatusAsFailed",
            "It takes a status that it does not know for a failure, where it looks it up.",
            lookingUp(charge -> restated(charge, "unheard_of", "failed")),
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpWithoutTheAction",
            "It does not say again where the customer has to go.",
            lookingUp(charge -> charge.remove("action")),
            "GW-SALE-08"),
        Mutant.of(
            "AnswersWithoutTheReference",
            "It sends our reference, and does not show it.",
            answering(charge -> charge.remove("reference")),
            "GW-SALE-03"),
        Mutant.of(
            "RefundsWithoutTheKey",
            "It does not send which operation of ours a refund is for.",
            writes("/refunds", body -> body.remove("metadata")),
            "GW-REFUND-01"),
        Mutant.of(
            "CapturesWithoutTheKey",
            "It does not send which operation of ours a capture is for.",
            writes("/captures", body -> body.remove("metadata")),
            "GW-AUTH-02"),
        Mutant.of(
            "CallsAnswersComplete",
            "It says of the answer to a refund that it shows every refund.",
            refunds((whole, request) -> complete(whole.refund(request))),
            "GW-DOUBT-27"),
        Mutant.of(
            "SellsWhereAStoredMethodIsHeld",
            "It forgets that a stored method was to be held.",
            writes(
                "/v1/charges",
                body -> {
                  if (body.toString().contains("\"stored\":\"")) {
                    body.put("capture", "automatic");
                  }
                }),
            "GW-AUTH-01"),
        Mutant.of(
            "AsksForNothingWhenItHolds",
            "It knows of the customer's part in sales, and not in holds.",
            charges(
                (whole, request) -> {
                  Outcome told = whole.charge(request);
                  return told instanceof Outcome.ActionRequired
                          && request.capture() == CaptureMode.MANUAL
                      ? new Outcome.Pending(told.snapshot())
                      : told;
                }),
            "GW-ACTION-01"),
        Mutant.of(
            "LeavesTheReturnAddressOut",
            "It does not send where the customer is to come back to.",
            writes("/v1/charges", body -> body.remove("return_url")),
            "GW-ACTION-01"),
        Mutant.of(
            "DeclinesWhatWasReleased",
            "It says of a hold that was released that the bank has declined.",
            captures((whole, request) -> declinedIfReleased(whole.capture(request))),
            "GW-AUTH-04"),
        Mutant.of(
            "CapturesByTheLastKey",
            "Its captures go by a global key, which is set by whoever is opened last.",
            MutantsOfAnswers::capturingByTheLastKey,
            "GW-CONF-05"),
        Mutant.of(
            "TakesForbiddenForUnavailable",
            "It says of a key without a permission that the provider is down.",
            tells(MutantsOfAnswers::unavailableIfForbidden),
            "GW-CONF-09"),
        Mutant.of(
            "KnocksAgainWhereItIsForbidden",
            "It sends a charge again that was forbidden.",
            charges(
                (whole, request) -> {
                  Outcome told = whole.charge(request);
                  return isForbidden(told) ? whole.charge(request) : told;
                }),
            "GW-CONF-09"),
        Mutant.of(
            "CompletesUnderANewKey",
            "It makes up a new key whenever it completes.",
            wire(
                (whole, request, limit) ->
                    whole.send(
                        request.uri().getPath().endsWith("/complete")
                            ? withKey(request, key -> UUID.randomUUID().toString())
                            : request,
                        limit)),
            "GW-IDEM-03"),
        Mutant.of(
            "TakesAKeyConflictForADecline",
            "It says of a key that was used for another amount that the bank has declined.",
            tells(
                told ->
                    isOf(told, ErrorCategory.IDEMPOTENCY_CONFLICT)
                        ? declined(DeclineCode.PROCESSING_ERROR)
                        : told),
            "GW-IDEM-05"),
        Mutant.of(
            "DescribesWhoWasOpenedLast",
            "What it says of itself changes when it is opened.",
            MutantsOfAnswers::describingTheOpened,
            "GW-DISC-03"),
        Mutant.of(
            "RefundsYenInSen",
            "It writes refunds in hundredths, yen among them.",
            writes("/refunds", MutantsOfAnswers::inSen),
            "GW-CURR-01"),
        Mutant.of(
            "CapturesYenInSen",
            "It writes captures in hundredths, yen among them.",
            writes("/captures", MutantsOfAnswers::inSen),
            "GW-CURR-01"),
        Mutant.of(
            "SendsEverybodyToTheFrontPage",
            "It leaves the part of the address away that says which charge it is.",
            reads(
                "charge",
                charge -> {
                  if (charge.path("action") instanceof ObjectNode action) {
                    action.put("url", "https://pay.example/");
                  }
                }),
            "GW-ACTION-01"),
        Mutant.of(
            "HandsOutAnotherAddress",
            "It sends the customer elsewhere than its snapshot says.",
            tells(MutantsOfAnswers::redirected),
            "GW-ACTION-01"));
  }

  private static void restated(ObjectNode charge, String status, String other) {
    if (charge.path("status").asString("").equals(status)) {
      charge.put("status", other);
    }
  }

  /** Whatever is fetched is read in another way. */
  private static UnaryOperator<GatewayProvider> lookingUp(Consumer<ObjectNode> how) {
    return reading("GET", how);
  }

  private static UnaryOperator<GatewayProvider> answering(Consumer<ObjectNode> how) {
    return reading("POST", how);
  }

  private static UnaryOperator<GatewayProvider> reading(String method, Consumer<ObjectNode> how) {
    return wire(
        (whole, request, limit) ->
            request.method().equals(method)
                ? edited(whole.send(request, limit), "charge", how)
                : whole.send(request, limit));
  }

  private static Outcome complete(Outcome told) {
    return told instanceof Outcome.Succeeded
        ? new Outcome.Succeeded(new Snapshot(told.snapshot().facts(), Set.of(FactList.REFUNDS)))
        : told;
  }

  private static Outcome declinedIfReleased(Outcome told) {
    return isOf(told, ErrorCategory.INVALID_STATE) ? declined(DeclineCode.DO_NOT_HONOR) : told;
  }

  private static Outcome declined(DeclineCode code) {
    return new Outcome.Declined(Snapshot.empty(), Decline.of(code));
  }

  private static boolean isOf(Outcome told, ErrorCategory category) {
    return told instanceof Outcome.NotSent not && not.failure().category() == category;
  }

  private static boolean isForbidden(Outcome told) {
    return told instanceof Outcome.NotSent not && not.failure().code().equals("http.403");
  }

  private static Outcome unavailableIfForbidden(Outcome told) {
    return isForbidden(told)
        ? new Outcome.NotSent(Failure.of(ErrorCategory.UNAVAILABLE, "http.403", "forbidden"))
        : told;
  }

  private static GatewayProvider describingTheOpened(GatewayProvider provider) {
    AtomicBoolean opened = new AtomicBoolean();
    GatewayProvider opening =
        opens(
                (whole, settings, environment) -> {
                  opened.set(true);
                  return whole.open(settings, environment);
                })
            .apply(provider);
    return describes(
            whole -> opened.get() ? whole.toBuilder().descriptionLimit(127).build() : whole)
        .apply(opening);
  }

  private static void inSen(ObjectNode body) {
    if (body.path("currency").asString("").equals("JPY")) {
      body.put("amount", body.path("amount").asString("") + "00");
    }
  }

  private static Outcome redirected(Outcome told) {
    return told instanceof Outcome.ActionRequired asked
        ? new Outcome.ActionRequired(
            asked.snapshot(),
            CustomerAction.Redirect.to(URI.create("https://pay.example/" + UUID.randomUUID())))
        : told;
  }

  private static GatewayProvider capturingByTheLastKey(GatewayProvider provider) {
    AtomicReference<String> last = new AtomicReference<>("");
    return opens(
            (whole, settings, environment) -> {
              last.set(settings.text("secret-key").orElse(""));
              return whole.open(
                  settings,
                  over(
                      environment,
                      (wire, request, limit) ->
                          wire.send(
                              request.uri().getPath().endsWith("/captures")
                                  ? authorized(request, "Bearer " + last.get())
                                  : request,
                              limit)));
            })
        .apply(provider);
  }

  private static HttpRequest authorized(HttpRequest request, String by) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : request.headers().fields()) {
      boolean says = field.name().equalsIgnoreCase("authorization");
      headers = headers.with(field.name(), says ? by : field.value());
    }
    return new HttpRequest(request.method(), request.uri(), headers, request.body());
  }
}
