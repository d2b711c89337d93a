package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.describes;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.isJson;
import static dev.gatehouse.testkit.conformance.MutantMeans.looksUp;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.over;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.withKey;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Gateways that send again in a wrong way, guess, or look up what is not so. */
final class MutantsInDoubt {
  private MutantsInDoubt() {}

  static List<Mutant> sendingAgain() {
    return List.of(
        Mutant.of(
            "ChargesTwiceOnRetry",
            "It makes up a new key whenever it sends.",
            whole -> makingKeysUp(whole, "/charges"),
            "GW-IDEM-01",
            "GW-IDEM-02",
            "GW-IDEM-03"),
        Mutant.of(
            "CapturesUnderANewKey",
            "It makes up a new key whenever it captures.",
            whole -> makingKeysUp(whole, "/captures"),
            "GW-IDEM-03"),
        Mutant.of(
            "ReleasesUnderANewKey",
            "It makes up a new key whenever it voids.",
            whole -> makingKeysUp(whole, "/void"),
            "GW-IDEM-03"),
        Mutant.of(
            "RefundsUnderANewKey",
            "It makes up a new key whenever it refunds.",
            whole -> makingKeysUp(whole, "/refunds"),
            "GW-IDEM-03"),
        Mutant.of(
            "RemembersOnlyWhileItRuns",
            "Its keys are those of its instance.",
            MutantsInDoubt::keysOfItsInstance,
            "GW-IDEM-02"),
        Mutant.of(
            "SaysThatItWasChargedBefore",
            "It declines what was charged under the same key.",
            MutantsInDoubt::decliningRepeats,
            "GW-IDEM-01"),
        Mutant.of(
            "SendsAStepWithoutAKey",
            "Before a charge it saves the customer, without a key.",
            wire(MutantsInDoubt::savingTheCustomer),
            "GW-IDEM-03"),
        Mutant.of(
            "RetriesByItself",
            "It sends again what was not answered well.",
            wire(MutantsInDoubt::retrying),
            "GW-IDEM-04"));
  }

  static List<Mutant> guessing() {
    return List.of(
        Mutant.of(
            "DoubtsARefusedConnection",
            "It takes what was certainly not sent for unknown.",
            tells(told -> failed(told, "http.connect") ? MutantsOfSales.unknown() : told),
            "GW-DOUBT-01"),
        Mutant.of(
            "TakesATimeOutForNotSent",
            "It takes silence for a proof that nothing was sent.",
            tells(told -> failed(told, "http.timeout") ? notSent() : told),
            "GW-DOUBT-02",
            "GW-DOUBT-03"),
        Mutant.of(
            "TakesATimeOutForADecline",
            "It takes silence for a no.",
            tells(told -> failed(told, "http.timeout") ? declined() : told),
            "GW-DOUBT-02",
            "GW-DOUBT-03"),
        Mutant.of(
            "ThrowsATimeOut",
            "It lets the transport's exceptions through.",
            tells(MutantsInDoubt::thrown),
            "GW-DOUBT-02",
            "GW-DOUBT-03"),
        Mutant.of(
            "TakesA500ForARefusal",
            "It takes 500 for a proof that nothing was done.",
            tells(told -> failed(told, "http.500") ? notSent() : told),
            "GW-DOUBT-04"),
        Mutant.of(
            "TakesABadGatewayForARefusal",
            "It takes 502 for a proof that nothing was done.",
            tells(told -> failed(told, "http.502") ? notSent() : told),
            "GW-DOUBT-05"),
        Mutant.of(
            "TakesAGatewayTimeOutForADecline",
            "It takes 504 for a no.",
            tells(told -> failed(told, "http.504") ? declined() : told),
            "GW-DOUBT-06"),
        Mutant.of(
            "TakesWhatItCantParseForARefusal",
            "It answers for a parser that threw: NotSent.",
            onBody(body -> body.startsWith("{") && !isJson(bytes(body)), refusal()),
            "GW-DOUBT-07"),
        Mutant.of(
            "TakesAPageForARefusal",
            "It takes a page for people for an error of the request.",
            onBody(body -> body.startsWith("<"), refusal()),
            "GW-DOUBT-05",
            "GW-DOUBT-08"),
        Mutant.of(
            "TrustsAnEmptyAnswer",
            "It takes an empty answer for a charge without a status.",
            onBody(String::isEmpty, emptyCharge()),
            "GW-DOUBT-09"),
        Mutant.of(
            "TrustsTheStatusAlone",
            "It takes 200 for a success, whatever the body.",
            tells(told -> failed(told, "http.200") ? MutantsOfSales.succeeded(told) : told),
            "GW-DOUBT-07",
            "GW-DOUBT-08",
            "GW-DOUBT-09"),
        Mutant.of(
            "TakesTooManyForADecline",
            "It takes 429 for a no.",
            tells(told -> failed(told, "http.429") ? declined() : told),
            "GW-DOUBT-10"),
        Mutant.of(
            "TakesAnOutageForADecline",
            "It takes 503 for a no.",
            tells(told -> failed(told, "http.503") ? declined() : told),
            "GW-DOUBT-10"),
        Mutant.of(
            "ForgetsHowLongToWait",
            "It does not read Retry-After.",
            tells(told -> failed(told, "http.429") ? notSent() : told),
            "GW-DOUBT-10"));
  }

  static List<Mutant> lookingUp() {
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
            wire(MutantsInDoubt::listingAll),
            "GW-DOUBT-11",
            "GW-DOUBT-13"),
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
            MutantsInDoubt::replaying,
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean failed(Outcome told, String code) {
    return told instanceof Outcome.Unknown unknown && unknown.failure().code().equals(code)
        || told instanceof Outcome.NotSent unsent && unsent.failure().code().equals(code);
  }

  private static Outcome notSent() {
    return new Outcome.NotSent(Failure.of(ErrorCategory.NOT_SENT, "", "it was not done"));
  }

  private static Outcome declined() {
    return new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.PROCESSING_ERROR));
  }

  private static Outcome thrown(Outcome told) {
    if (failed(told, "http.timeout")) {
      throw new IllegalStateException("time-out");
    }
    return told;
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

  private static HttpResponse refusal() {
    String body = "{'error':{'type':'invalid_request','code':'x','message':'x'}}";
    return new HttpResponse(400, HttpHeaders.none(), bytes(body.replace('\'', '"')));
  }

  private static HttpResponse emptyList() {
    String body = "{'object':'list','data':[],'has_more':false}";
    return new HttpResponse(200, HttpHeaders.none(), bytes(body.replace('\'', '"')));
  }

  private static HttpResponse emptyCharge() {
    String body =
        "{'object':'charge','id':'ch_none','account':'acct_sim','livemode':false,"
            + "'status':'succeeded','amount':'10.00','currency':'EUR',"
            + "'captures':[],'refunds':[],'disputes':[]}";
    return new HttpResponse(200, HttpHeaders.none(), bytes(body.replace('\'', '"')));
  }

  /** An answer whose body is so is read as another one. */
  private static UnaryOperator<GatewayProvider> onBody(
      Predicate<String> which, HttpResponse instead) {
    return wire(
        (whole, request, limit) -> {
          HttpResponse response = whole.send(request, limit);
          return which.test(response.bodyAsUtf8()) ? instead : response;
        });
  }

  private static GatewayProvider makingKeysUp(GatewayProvider provider, String pathEnd) {
    AtomicInteger sent = new AtomicInteger();
    return wire((whole, request, limit) ->
            whole.send(
                request.uri().getPath().endsWith(pathEnd)
                    ? withKey(request, key -> key + "-" + sent.incrementAndGet())
                    : request,
                limit))
        .apply(provider);
  }

  private static GatewayProvider keysOfItsInstance(GatewayProvider provider) {
    AtomicInteger instances = new AtomicInteger();
    return opens(
            (whole, settings, environment) -> {
              int instance = instances.incrementAndGet();
              return whole.open(
                  settings,
                  over(
                      environment,
                      (wire, request, limit) ->
                          wire.send(withKey(request, key -> key + "-" + instance), limit)));
            })
        .apply(provider);
  }

  private static GatewayProvider decliningRepeats(GatewayProvider provider) {
    Set<String> keys = new HashSet<>();
    return MutantMeans.charges(
            (whole, request) ->
                keys.add(request.idempotencyKey()) ? whole.charge(request) : declined())
        .apply(provider);
  }

  private static HttpResponse savingTheCustomer(
      HttpTransport whole, HttpRequest request, Duration limit) {
    if (request.uri().getPath().equals("/v1/charges") && request.method().equals("POST")) {
      URI customers = request.uri().resolve("/v1/customers");
      whole.send(new HttpRequest("POST", customers, HttpHeaders.none(), bytes("{}")), limit);
    }
    return whole.send(request, limit);
  }

  private static HttpResponse retrying(HttpTransport whole, HttpRequest request, Duration limit) {
    try {
      HttpResponse response = whole.send(request, limit);
      return response.status() < 500 ? response : whole.send(request, limit);
    } catch (TransportException e) {
      return whole.send(request, limit);
    }
  }

  private static HttpResponse listingAll(HttpTransport whole, HttpRequest request, Duration limit) {
    Optional<String> query = Optional.ofNullable(request.uri().getRawQuery());
    if (query.filter(text -> text.startsWith("reference=")).isEmpty()) {
      return whole.send(request, limit);
    }
    String wanted = query.get().substring("reference=".length()).split("&", 2)[0];
    URI all = URI.create(request.uri().toString().replace("reference=" + wanted + "&", ""));
    HttpRequest unfiltered =
        new HttpRequest(request.method(), all, request.headers(), request.body());
    return edited(
        whole.send(unfiltered, limit), "charge", charge -> charge.put("reference", wanted));
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
