package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.describes;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.isJson;
import static dev.gatehouse.testkit.conformance.MutantMeans.looksUp;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantsInDoubt.bytes;
import static dev.gatehouse.testkit.conformance.MutantsInDoubt.onBody;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.Trace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that look up what is not so. */
final class MutantsOfLookups {
  private MutantsOfLookups() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "LooksUpByIdAlone",
            "Its lookup can't find what it has no id of.",
            looksUp(
                (whole, trace) ->
                    trace.known().attempts().isEmpty() ? cannotTell() : whole.lookup(trace)),
            "GW-DOUBT-11",
            "GW-DOUBT-13"),
        Mutant.of(
            "FindsAnybodysCharge",
            "It lists charges, and does not compare references.",
            wire(MutantsOfLookups::listingAll),
            "GW-DOUBT-11",
            "GW-DOUBT-13"),
        Mutant.of(
            "FindsWhatBeginsAlike",
            "It lists charges, and takes each whose reference begins with the one wanted.",
            wire(MutantsOfLookups::listingAlike),
            "GW-DOUBT-18"),
        Mutant.of(
            "KeepsWhatItFound",
            "It asks for a payment once, and keeps the answer.",
            around(MutantsOfLookups::keeping),
            "GW-REFUND-09"),
        Mutant.of(
            "LooksUpNoVoids",
            "Its lookup knows no word for a hold that was voided.",
            wire(MutantsOfLookups::withoutVoids),
            "GW-AUTH-03"),
        Mutant.of(
            "BelievesThatListsAreFresh",
            "It declares that lists do not lag behind.",
            describes(
                whole ->
                    whole.toBuilder()
                        .recovers(OperationKind.CHARGE, Recovery.byListing(Duration.ZERO))
                        .build()),
            "GW-DOUBT-11"),
        Mutant.of(
            "LooksUpByReplay",
            "Its lookup sends the charge again, under its key.",
            MutantsOfLookups::replaying,
            "GW-DOUBT-12"),
        Mutant.of(
            "FindsWhatNeverWas",
            "It shows an attempt for what the provider does not know.",
            looksUp((whole, trace) -> invented(whole.lookup(trace))),
            "GW-DOUBT-13"),
        Mutant.of(
            "NeverSaysThatNothingIsThere",
            "It can't tell where the provider has no such charge.",
            looksUp(
                (whole, trace) -> {
                  Lookup seen = whole.lookup(trace);
                  return seen instanceof Lookup.AbsentAsOf ? cannotTell() : seen;
                }),
            "GW-DOUBT-13"),
        Mutant.of(
            "KnowsTheFuture",
            "What it says of a charge that is not there holds for a time to come.",
            looksUp(
                (whole, trace) ->
                    whole.lookup(trace) instanceof Lookup.AbsentAsOf absent
                        ? new Lookup.AbsentAsOf(absent.asOf().plusSeconds(60), absent.settled())
                        : whole.lookup(trace)),
            "GW-DOUBT-13"),
        Mutant.of(
            "TakesAFailedLookupForNone",
            "It says that nothing is there where it could not look.",
            looksUp((whole, trace) -> absentIf(unsure -> true, whole.lookup(trace))),
            "GW-DOUBT-14"),
        Mutant.of(
            "TakesTooManyForNone",
            "It says that nothing is there where it was told to ask later.",
            looksUp(
                (whole, trace) ->
                    absentIf(
                        unsure -> unsure.failure().category() == ErrorCategory.RATE_LIMITED,
                        whole.lookup(trace))),
            "GW-DOUBT-14"),
        Mutant.of(
            "TakesAnEmptyPageForNone",
            "It takes a page that it can't read for an empty list.",
            onBody(body -> !isJson(bytes(body)), emptyList()),
            "GW-DOUBT-14"));
  }

  private static Lookup cannotTell() {
    return new Lookup.CannotTell(Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "", "no id"));
  }

  private static Lookup absentIf(Predicate<Lookup.CannotTell> which, Lookup seen) {
    return seen instanceof Lookup.CannotTell unsure && which.test(unsure)
        ? new Lookup.AbsentAsOf(Instant.EPOCH, true)
        : seen;
  }

  private static Lookup invented(Lookup seen) {
    return seen instanceof Lookup.AbsentAsOf
        ? new Lookup.Found(
            Snapshot.builder().attempt("ch_new", Attempt.at(AttemptStep.STARTED)).build())
        : seen;
  }

  private static HttpResponse emptyList() {
    String body = "{'object':'list','data':[],'has_more':false}";
    return new HttpResponse(200, HttpHeaders.none(), bytes(body.replace('\'', '"')));
  }

  private static PaymentGateway keeping(PaymentGateway whole) {
    Map<Optional<String>, Lookup> kept = new HashMap<>();
    return new MutantGateway(whole) {
      @Override
      public Lookup lookup(Trace trace) {
        return kept.computeIfAbsent(trace.reference(), reference -> behind.lookup(trace));
      }
    };
  }

  private static HttpResponse withoutVoids(
      HttpTransport whole, HttpRequest request, Duration limit) {
    HttpResponse response = whole.send(request, limit);
    return request.method().equals("GET")
        ? edited(response, "authorization", hold -> rename(hold, "voided", "released"))
        : response;
  }

  private static void rename(ObjectNode object, String status, String other) {
    if (object.path("status").asString("").equals(status)) {
      object.put("status", other);
    }
  }

  private static HttpResponse listingAlike(
      HttpTransport whole, HttpRequest request, Duration limit) {
    return listing(
        whole,
        request,
        limit,
        (charge, wanted) -> {
          if (charge.path("reference").asString("").startsWith(wanted)) {
            charge.put("reference", wanted);
          }
        });
  }

  private static HttpResponse listingAll(HttpTransport whole, HttpRequest request, Duration limit) {
    return listing(whole, request, limit, (charge, wanted) -> charge.put("reference", wanted));
  }

  private static HttpResponse listing(
      HttpTransport whole,
      HttpRequest request,
      Duration limit,
      BiConsumer<ObjectNode, String> taken) {
    Optional<String> query = Optional.ofNullable(request.uri().getRawQuery());
    if (query.filter(text -> text.startsWith("reference=")).isEmpty()) {
      return whole.send(request, limit);
    }
    String wanted = query.get().substring("reference=".length()).split("&", 2)[0];
    URI all = URI.create(request.uri().toString().replace("reference=" + wanted + "&", ""));
    HttpRequest unfiltered =
        new HttpRequest(request.method(), all, request.headers(), request.body());
    return edited(whole.send(unfiltered, limit), "charge", charge -> taken.accept(charge, wanted));
  }

  private static GatewayProvider replaying(GatewayProvider provider) {
    Map<String, ChargeRequest> sent = new HashMap<>();
    return MutantMeans.around(
            whole ->
                new MutantGateway(whole) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    sent.put(request.reference(), request);
                    return behind.charge(request);
                  }

                  @Override
                  public Lookup lookup(Trace trace) {
                    return replayed(behind, sent, trace);
                  }
                })
        .apply(provider);
  }

  private static Lookup replayed(
      PaymentGateway whole, Map<String, ChargeRequest> sent, Trace trace) {
    ChargeRequest request = sent.get(trace.reference().orElse(""));
    return request == null
        ? whole.lookup(trace)
        : new Lookup.Found(whole.charge(request).snapshot());
  }
}
