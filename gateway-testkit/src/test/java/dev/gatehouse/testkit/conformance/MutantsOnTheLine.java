package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.opens;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;
import static dev.gatehouse.testkit.conformance.MutantsOfWebhooks.receives;

import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that write amounts or tell secrets as they should not. */
final class MutantsOnTheLine {
  private MutantsOnTheLine() {}

  static List<Mutant> amounts() {
    return List.of(
        Mutant.of(
            "RoundsKuwaitiDinar",
            "It writes two decimals, whatever the currency.",
            writes("/v1/charges", body -> MutantsOfSales.round(body, 2)),
            "GW-CURR-01",
            "GW-CURR-02"),
        Mutant.of(
            "TakesYenForCents",
            "It multiplies every amount by a hundred, yen among them.",
            writes("/v1/charges", body -> inYen(body, 100)),
            "GW-CURR-01",
            "GW-CURR-02"),
        Mutant.of(
            "CutsDoubles",
            "It counts hundredths in double, and cuts what is left.",
            writes("/v1/charges", MutantsOnTheLine::cut),
            "GW-CURR-01",
            "GW-CURR-05"),
        Mutant.of(
            "CountsInFloat",
            "It counts in float, which has 24 bits.",
            writes("/v1/charges", MutantsOnTheLine::floated),
            "GW-CURR-01"),
        Mutant.of(
            "ReadsYenAsHundreds",
            "It reads an amount in yen as a hundred times as much.",
            reads("charge", charge -> inYen(charge, 100)),
            "GW-CURR-02"),
        Mutant.of(
            "ReadsCapturesInYenAsHundreds",
            "It reads a captured amount in yen as a hundred times as much.",
            reads("capture", capture -> inYen(capture, 100)),
            "GW-CURR-02"),
        Mutant.of(
            "ShowsNoCapturesInDinars",
            "It knows captures in two decimals only.",
            reads("charge", MutantsOnTheLine::withoutDinars),
            "GW-CURR-02"));
  }

  static List<Mutant> secrets() {
    return List.of(
        Mutant.of(
            "ShowsTheSecret",
            "Its failures quote the request, with its headers.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome charge(ChargeRequest request) {
                        return behind.charge(request) instanceof Outcome.Unknown unknown
                            ? new Outcome.Unknown(with(unknown.failure(), key))
                            : behind.charge(request);
                      }
                    }),
            "GW-SECR-01"),
        Mutant.of(
            "ThrowsTheSecret",
            "It throws what it got, with the request's headers.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public Outcome charge(ChargeRequest request) {
                        throw new IllegalStateException("Bearer " + key);
                      }
                    }),
            "GW-SECR-01"),
        Mutant.of(
            "ShowsTheSecretInALookup",
            "A lookup that fails quotes the request, with its headers.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public Lookup lookup(Trace trace) {
                        return behind.lookup(trace) instanceof Lookup.CannotTell unsure
                            ? new Lookup.CannotTell(with(unsure.failure(), key))
                            : behind.lookup(trace);
                      }
                    }),
            "GW-SECR-01"),
        Mutant.of(
            "ShowsTheSecretToStrangers",
            "It says what it would have verified a notice with.",
            receives(
                (inbox, request) ->
                    inbox.receive(request) instanceof WebhookAnswer.Rejected
                        ? new WebhookAnswer.Rejected(
                            "not by "
                                + inbox
                                    .settings()
                                    .required(ReferenceGatewayProvider.WEBHOOK_SECRET))
                        : inbox.receive(request)),
            "GW-SECR-01"),
        Mutant.of(
            "TellsItsSettings",
            "Its text has its settings.",
            telling(
                (whole, key) ->
                    new MutantGateway(whole) {
                      @Override
                      public String toString() {
                        return "Gateway[" + key + "]";
                      }
                    }),
            "GW-SECR-02"));
  }

  /** A gateway that knows the key. */
  @FunctionalInterface
  private interface Telling {
    PaymentGateway around(PaymentGateway whole, String key);
  }

  private static UnaryOperator<GatewayProvider> telling(Telling how) {
    return opens(
        (whole, settings, environment) ->
            how.around(
                whole.open(settings, environment),
                settings.required(ReferenceGatewayProvider.SECRET_KEY)));
  }

  private static Failure with(Failure failure, String key) {
    return Failure.of(
        failure.category(), failure.code(), failure.message() + ", Authorization: Bearer " + key);
  }

  private static void inYen(ObjectNode node, int factor) {
    if (node.path("currency").asString("").equals("JPY")) {
      MutantsOfSales.scale(node, Integer.toString(factor));
    }
  }

  private static void cut(ObjectNode body) {
    BigDecimal amount = new BigDecimal(body.path("amount").asString("0"));
    if (amount.scale() == 2) {
      long cents = (long) (amount.doubleValue() * 100);
      body.put("amount", BigDecimal.valueOf(cents, 2).toPlainString());
    }
  }

  private static void floated(ObjectNode body) {
    BigDecimal amount = new BigDecimal(body.path("amount").asString("0"));
    body.put(
        "amount",
        new BigDecimal(amount.floatValue())
            .setScale(amount.scale(), RoundingMode.HALF_UP)
            .toPlainString());
  }

  private static void withoutDinars(ObjectNode charge) {
    if (charge.path("currency").asString("").equals("KWD")) {
      charge.putArray("captures");
    }
  }
}
