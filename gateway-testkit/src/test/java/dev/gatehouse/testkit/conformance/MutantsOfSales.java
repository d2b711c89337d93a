package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.charges;
import static dev.gatehouse.testkit.conformance.MutantMeans.edited;
import static dev.gatehouse.testkit.conformance.MutantMeans.reads;
import static dev.gatehouse.testkit.conformance.MutantMeans.tells;
import static dev.gatehouse.testkit.conformance.MutantMeans.wire;
import static dev.gatehouse.testkit.conformance.MutantMeans.writes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that sell in a wrong way, or say something else than what was sold. */
final class MutantsOfSales {
  private static final String CHARGES = "/v1/charges";

  private MutantsOfSales() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "ForgetsTheCapture",
            "It shows an approved sale without its capture.",
            reads("charge", charge -> charge.putArray("captures")),
            "GW-SALE-01"),
        Mutant.of(
            "SaysPendingForDone",
            "It says of an approved sale that it is pending.",
            tells(told -> told instanceof Outcome.Succeeded ? pending(told) : told),
            "GW-SALE-01"),
        Mutant.of(
            "ShowsAnotherAmount",
            "It shows a hundred more than was captured.",
            reads("capture", capture -> capture.put("amount", "1" + amount(capture))),
            "GW-SALE-01"),
        Mutant.of(
            "SendsCentsForUnits",
            "It writes an amount in cents where the provider wants units.",
            writes(CHARGES, body -> scale(body, "100")),
            "GW-SALE-02"),
        Mutant.of(
            "RoundsToWholeUnits",
            "It leaves the cents away.",
            writes(CHARGES, body -> round(body, 0)),
            "GW-SALE-02"),
        Mutant.of(
            "SendsDollarsForEuros",
            "It has one currency for all.",
            writes(CHARGES, body -> body.put("currency", "USD")),
            "GW-SALE-02",
            "GW-DISP-01",
            "GW-DISP-02"),
        Mutant.of(
            "ChargesTwice",
            "It sends each charge a second time, under another key.",
            charges(MutantsOfSales::twice),
            "GW-SALE-02",
            "GW-IDEM-01",
            "GW-IDEM-02"),
        Mutant.of(
            "KeepsTheReferenceToItself",
            "It does not send our reference.",
            writes(CHARGES, body -> body.remove("reference")),
            "GW-SALE-03",
            "GW-DOUBT-11"),
        Mutant.of(
            "SendsTheKeyForTheReference",
            "It sends the idempotency key where the reference belongs.",
            writes(
                CHARGES,
                body -> body.set("reference", body.path("metadata").path("operation_key"))),
            "GW-SALE-03"),
        Mutant.of(
            "ShowsAnotherReference",
            "It shows a reference with a prefix of its own.",
            reads("charge", c -> c.put("reference", "shop-" + c.path("reference").asString(""))),
            "GW-SALE-03"),
        Mutant.of(
            "ThrowsADecline",
            "It throws what is a decline.",
            tells(MutantsOfSales::thrown),
            "GW-SALE-04",
            "GW-SALE-05"),
        Mutant.of(
            "TakesADeclineForUnknown",
            "It takes whatever is not 200 for unknown.",
            tells(told -> told instanceof Outcome.Declined ? unknown() : told),
            "GW-SALE-04",
            "GW-SALE-05"),
        Mutant.of(
            "TakesADeclineForSuccess",
            "It takes whatever it can read for a success.",
            tells(told -> told instanceof Outcome.Declined ? succeeded(told) : told),
            "GW-SALE-04",
            "GW-SALE-05"),
        Mutant.of(
            "GivesNoReasons",
            "All its declines are generic.",
            tells(told -> redeclined(told, DeclineCode.GENERIC_DECLINE, "kept")),
            "GW-SALE-04"),
        Mutant.of(
            "ChokesOnANewDecline",
            "It takes a decline whose code it does not know for unknown.",
            tells(told -> isGeneric(told) ? unknown() : told),
            "GW-SALE-05"),
        Mutant.of(
            "LosesTheRawCode",
            "It does not keep the provider's code.",
            tells(told -> redeclined(told, DeclineCode.GENERIC_DECLINE, "")),
            "GW-SALE-05"),
        Mutant.of(
            "InventsARawCode",
            "It gives its own word for the provider's code.",
            tells(told -> redeclined(told, DeclineCode.GENERIC_DECLINE, "generic_decline")),
            "GW-SALE-05"),
        Mutant.of(
            "ShipsBeforeTheBank",
            "It takes what is being worked on for a success.",
            tells(told -> told instanceof Outcome.Pending ? succeeded(told) : told),
            "GW-SALE-06",
            "GW-SALE-07"),
        Mutant.of(
            "ShowsPendingMoneyAsTaken",
            "It shows a capture of what is being worked on.",
            reads("charge", charge -> capturing(charge, "processing")),
            "GW-SALE-06"),
        Mutant.of(
            "TakesANewStatusForSuccess",
            "Its default is success.",
            tells(told -> isUnheardOf(told) ? succeeded(told) : told),
            "GW-SALE-07"),
        Mutant.of(
            "TakesANewStatusForFailure",
            "Its default is failure.",
            tells(
                told ->
                    isUnheardOf(told)
                        ? new Outcome.Declined(
                            told.snapshot(), Decline.of(DeclineCode.GENERIC_DECLINE))
                        : told),
            "GW-SALE-07"),
        Mutant.of(
            "ShowsMoneyOfANewStatus",
            "It shows a capture whatever the status.",
            reads("charge", charge -> capturing(charge, "unheard_of")),
            "GW-SALE-07"),
        Mutant.of(
            "NumbersWhatItSees",
            "It makes up an id for each capture whenever it sees one.",
            MutantsOfSales::numbering,
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpWithoutTheDecline",
            "Its lookup takes every decline for one without a code.",
            lookingUp(charge -> charge.remove("decline")),
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpWhatIsNotDone",
            "Its lookup takes what the provider works on for done.",
            lookingUp(charge -> replaced(charge, "processing", "succeeded")),
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpAnothersReference",
            "Its lookup shows another reference than ours.",
            lookingUp(charge -> charge.put("reference", "another")),
            "GW-SALE-08"),
        Mutant.of(
            "LooksUpWithoutCaptures",
            "Its lookup reads charges, and not their captures.",
            wire(
                (whole, request, limit) ->
                    request.method().equals("GET")
                        ? edited(whole.send(request, limit), "charge", c -> c.putArray("captures"))
                        : whole.send(request, limit)),
            "GW-SALE-08",
            "GW-DOUBT-11"));
  }

  static Outcome unknown() {
    return new Outcome.Unknown(Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "", "it is not clear"));
  }

  static Outcome succeeded(Outcome told) {
    return new Outcome.Succeeded(told.snapshot());
  }

  private static Outcome pending(Outcome told) {
    return new Outcome.Pending(told.snapshot());
  }

  private static Outcome thrown(Outcome told) {
    if (told instanceof Outcome.Declined declined) {
      throw new IllegalStateException("declined: " + declined.decline().code());
    }
    return told;
  }

  private static Outcome redeclined(Outcome told, DeclineCode code, String raw) {
    return told instanceof Outcome.Declined
        ? new Outcome.Declined(told.snapshot(), new Decline(code, DeclineAdvice.NONE, raw, "no"))
        : told;
  }

  private static boolean isGeneric(Outcome told) {
    return told instanceof Outcome.Declined declined
        && declined.decline().code() == DeclineCode.GENERIC_DECLINE;
  }

  private static boolean isUnheardOf(Outcome told) {
    return told.snapshot().facts().attempts().values().stream()
        .anyMatch(attempt -> attempt.step().isAt(AttemptStep.STARTED));
  }

  private static String amount(ObjectNode node) {
    return node.path("amount").asString("");
  }

  static void scale(ObjectNode body, String factor) {
    BigDecimal amount = new BigDecimal(amount(body));
    body.put(
        "amount", amount.multiply(new BigDecimal(factor)).setScale(amount.scale()).toPlainString());
  }

  static void round(ObjectNode body, int decimals) {
    BigDecimal amount = new BigDecimal(amount(body));
    body.put(
        "amount",
        amount
            .setScale(Math.min(decimals, amount.scale()), RoundingMode.HALF_UP)
            .setScale(amount.scale())
            .toPlainString());
  }

  private static Outcome twice(PaymentGateway whole, ChargeRequest request) {
    Outcome told = whole.charge(request);
    whole.charge(
        ChargeRequest.sale(
            request.reference(),
            request.idempotencyKey() + "-again",
            request.amount(),
            request.method()));
    return told;
  }

  /** A charge with this status is read as if its money were taken. */
  static void capturing(ObjectNode charge, String status) {
    if (charge.path("status").asString("").equals(status)) {
      charge
          .putArray("captures")
          .addObject()
          .put("object", "capture")
          .put("id", "cap-of-" + charge.path("id").asString(""))
          .put("status", "succeeded")
          .put("amount", amount(charge))
          .put("currency", charge.path("currency").asString(""));
    }
  }

  private static GatewayProvider numbering(GatewayProvider provider) {
    AtomicInteger number = new AtomicInteger();
    UnaryOperator<GatewayProvider> change =
        reads("capture", capture -> capture.put("id", "cap-" + number.incrementAndGet()));
    return change.apply(provider);
  }

  /** Charges are read in another way by lookups alone. */
  private static UnaryOperator<GatewayProvider> lookingUp(Consumer<ObjectNode> how) {
    return wire(
        (whole, request, limit) ->
            request.method().equals("GET")
                ? edited(whole.send(request, limit), "charge", how)
                : whole.send(request, limit));
  }

  private static void replaced(ObjectNode charge, String status, String other) {
    if (charge.path("status").asString("").equals(status)) {
      charge.put("status", other);
    }
  }
}
