package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that write amounts by other means than a currency profile. */
final class MutantsOfAmounts {
  private static final String CHARGES = "/v1/charges";

  /** A unit of account in Chile, of which nobody thinks: it has four decimals. */
  private static final String RARE = "CLF";

  private MutantsOfAmounts() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "ForgetsAboutTheRareOnes",
            "It writes a currency of four decimals with two.",
            writes(
                CHARGES,
                body -> {
                  if (isRare(body)) {
                    MutantsOfSales.round(body, 2);
                  }
                }),
            "GW-CURR-03"),
        Mutant.of(
            "RaisesSmallAmounts",
            "It charges one unit where less was asked for.",
            writes(
                CHARGES,
                body -> {
                  BigDecimal amount = amount(body);
                  if (amount.compareTo(BigDecimal.ONE) < 0) {
                    put(body, BigDecimal.ONE.setScale(amount.scale()));
                  }
                }),
            "GW-CURR-04"),
        Mutant.of(
            "CountsInInts",
            "It writes amounts as numbers of 32 bits.",
            writes(CHARGES, body -> put(body, inAnInt(amount(body)))),
            "GW-CURR-04"),
        Mutant.of(
            "GivesBackByDouble",
            "It cuts a refund's hundredths out of a double.",
            writes("/refunds", body -> put(body, byDouble(amount(body)))),
            "GW-CURR-05"),
        Mutant.of(
            "TellsTheProviderADouble",
            "It sends the hundredths as a double, besides; a provider may round what it reads.",
            writes(
                CHARGES,
                body ->
                    body.withObject("/metadata").put("cents", amount(body).doubleValue() * 100)),
            "GW-CURR-05"),
        Mutant.of(
            "DeclaresWhatItsProviderRefuses",
            "It declares a currency that its provider does not take.",
            wire(
                (whole, request, limit) ->
                    isOfARareCurrency(request) ? refusal() : whole.send(request, limit)),
            "GW-CURR-06"));
  }

  private static BigDecimal amount(ObjectNode body) {
    return new BigDecimal(body.path("amount").asString("0"));
  }

  private static BigDecimal inAnInt(BigDecimal amount) {
    return BigDecimal.valueOf(amount.unscaledValue().intValue(), amount.scale());
  }

  private static BigDecimal byDouble(BigDecimal amount) {
    return amount.scale() == 2
        ? BigDecimal.valueOf((long) (amount.doubleValue() * 100), 2)
        : amount;
  }

  private static void put(ObjectNode body, BigDecimal amount) {
    body.put("amount", amount.toPlainString());
  }

  private static boolean isRare(ObjectNode body) {
    return body.path("currency").asString("").equals(RARE);
  }

  private static boolean isOfARareCurrency(HttpRequest request) {
    AtomicBoolean rare = new AtomicBoolean();
    if (MutantMeans.isJson(request.body())) {
      edited(request.body(), body -> rare.set(isRare(body)));
    }
    return rare.get();
  }

  private static HttpResponse refusal() {
    String error = "{\"error\":{\"type\":\"invalid_request\",\"code\":\"currency\"}}";
    return new HttpResponse(400, HttpHeaders.none(), error.getBytes(StandardCharsets.UTF_8));
  }
}
