package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.isJson;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Gateways that guess where nobody knows. */
final class MutantsInDoubt {
  private MutantsInDoubt() {}

  static List<Mutant> all() {
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
            "TakesAnOutageForNotSent",
            "It takes 503 for a proof that nothing was done, whoever says it.",
            tells(told -> failed(told, "http.503") ? notSent() : told),
            "GW-DOUBT-10"),
        Mutant.of(
            "ForgetsHowLongToWait",
            "It does not read Retry-After.",
            tells(told -> failed(told, "http.429") ? notSent() : told),
            "GW-DOUBT-10"),
        Mutant.of(
            "WantsSecondsToWait",
            "It takes what Retry-After says for a number, though it may be a date.",
            wire(MutantsInDoubt::countingSeconds),
            "GW-DOUBT-10"));
  }

  private static HttpResponse countingSeconds(
      HttpTransport whole, HttpRequest request, Duration limit) {
    HttpResponse response = whole.send(request, limit);
    response.headers().first("retry-after").ifPresent(Long::parseLong);
    return response;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean failed(Outcome told, String code) {
    return told instanceof Outcome.Unknown unknown && unknown.failure().code().equals(code)
        || told instanceof Outcome.NotSent unsent && unsent.failure().code().equals(code);
  }

  private static Outcome notSent() {
    return new Outcome.NotSent(Failure.of(ErrorCategory.NOT_SENT, "", "it was not done"));
  }

  static Outcome declined() {
    return new Outcome.Declined(Snapshot.empty(), Decline.of(DeclineCode.PROCESSING_ERROR));
  }

  private static Outcome thrown(Outcome told) {
    if (failed(told, "http.timeout")) {
      throw new IllegalStateException("time-out");
    }
    return told;
  }

  private static HttpResponse refusal() {
    String body = "{'error':{'type':'invalid_request','code':'x','message':'x'}}";
    return new HttpResponse(400, HttpHeaders.none(), bytes(body.replace('\'', '"')));
  }

  private static HttpResponse emptyCharge() {
    String body =
        "{'object':'charge','id':'ch_none','account':'acct_sim','livemode':false,"
            + "'status':'succeeded','amount':'10.00','currency':'EUR',"
            + "'captures':[],'refunds':[],'disputes':[]}";
    return new HttpResponse(200, HttpHeaders.none(), bytes(body.replace('\'', '"')));
  }

  /** An answer whose body is so is read as another one. */
  static UnaryOperator<GatewayProvider> onBody(Predicate<String> which, HttpResponse instead) {
    return wire(
        (whole, request, limit) -> {
          HttpResponse response = whole.send(request, limit);
          return which.test(response.bodyAsUtf8()) ? instead : response;
        });
  }
}
