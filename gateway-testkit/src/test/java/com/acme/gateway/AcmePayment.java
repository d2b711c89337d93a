package com.acme.gateway;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What Acme shows of one payment.
 *
 * @param records a charge or a refund each
 */
record AcmePayment(List<Map<String, String>> records) {

  /** The answer can't be read: it proves nothing. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("Acme's answer can't be read", null, false, false);
    }
  }

  /** Reads an answer: a form on each line. */
  static AcmePayment read(String body) {
    try {
      return new AcmePayment(body.lines().map(Forms::read).toList());
    } catch (IllegalArgumentException e) {
      throw new Unreadable();
    }
  }

  /** The status of what an operation of ours did. */
  String statusOf(String operationKey) {
    return records.stream()
        .filter(record -> operationKey.equals(record.get("key")))
        .map(record -> text(record, "status"))
        .findFirst()
        .orElse("");
  }

  /** Everything that the answer shows, as facts. */
  Snapshot.Builder facts() {
    Snapshot.Builder seen = Snapshot.builder();
    for (Map<String, String> record : records) {
      if (text(record, "kind").equals("charge")) {
        charge(seen, record);
      } else if (text(record, "kind").equals("refund")) {
        refund(seen, record);
      }
    }
    return seen;
  }

  private static void charge(Snapshot.Builder seen, Map<String, String> record) {
    String id = text(record, "id");
    Money amount = money(record);
    Attempt attempt = Attempt.at(step(record)).with(amount).causedBy(key(record));
    seen.reference(text(record, "reference"))
        .mode(text(record, "live").equals("true") ? Mode.LIVE : Mode.TEST)
        .currency(amount.getCurrencyUnit())
        .providerId("charge", id);
    if (attempt.step().isAt(AttemptStep.FAILED)) {
      seen.attempt(id, attempt.with(decline(record)));
    } else {
      seen.attempt(id, attempt);
    }
    if (attempt.step().isAt(AttemptStep.SUCCEEDED)) {
      Movement capture = Movement.of(MovementKind.CAPTURE, MovementStep.DONE);
      seen.movement(id, capture.with(amount).ofCharge(id).causedBy(key(record)));
    }
  }

  private static void refund(Snapshot.Builder seen, Map<String, String> record) {
    MovementStep step =
        switch (text(record, "status")) {
          case "done" -> MovementStep.DONE;
          case "failed" -> MovementStep.NEVER;
          default -> MovementStep.OPEN;
        };
    String charge = text(record, "charge");
    Movement refund = Movement.of(MovementKind.REFUND, step).with(money(record));
    seen.movement(text(record, "id"), refund.ofCharge(charge).outOf(charge).causedBy(key(record)));
  }

  /** Which operation of ours did it; nobody's if it was done at Acme's console. */
  private static Optional<String> key(Map<String, String> record) {
    return Optional.ofNullable(record.get("key"));
  }

  /** A status that we do not know says only that the charge is there. */
  private static AttemptStep step(Map<String, String> record) {
    return switch (text(record, "status")) {
      case "paid" -> AttemptStep.SUCCEEDED;
      case "declined" -> AttemptStep.FAILED;
      case "in_clearing" -> AttemptStep.PROCESSING;
      default -> AttemptStep.STARTED;
    };
  }

  /** Why Acme declined what an operation of ours asked for. */
  Decline declineOf(String operationKey) {
    return records.stream()
        .filter(record -> operationKey.equals(record.get("key")))
        .map(AcmePayment::decline)
        .findFirst()
        .orElseThrow(Unreadable::new);
  }

  private static Decline decline(Map<String, String> record) {
    String raw = record.getOrDefault("code", "");
    DeclineCode code =
        switch (raw) {
          case "no_funds" -> DeclineCode.INSUFFICIENT_FUNDS;
          case "expired" -> DeclineCode.EXPIRED_CARD;
          default -> DeclineCode.GENERIC_DECLINE;
        };
    return new Decline(code, DeclineAdvice.NONE, raw, "");
  }

  private static Money money(Map<String, String> record) {
    try {
      var currency = AcmeGatewayProvider.MONEY.currency("currency", text(record, "currency"));
      return AcmeGatewayProvider.MONEY.fromMinor(currency, Long.parseLong(text(record, "amount")));
    } catch (InvalidInputException | NumberFormatException e) {
      throw new Unreadable();
    }
  }

  private static String text(Map<String, String> record, String field) {
    String text = record.get(field);
    if (text == null || text.isEmpty()) {
      throw new Unreadable();
    }
    return text;
  }
}
