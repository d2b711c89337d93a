package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Counter;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.TotalKey;
import dev.gatehouse.spi.OperationKind;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a payment's money, as far as our own operations tell it: whatever a provider
 * does not say of a movement that we asked for is as we asked, and what a person reported gives way
 * to what the provider shows of the same operation. Nothing of this is ever kept as a fact.
 */
final class Ledger {
  private final Payment payment;
  private final PaymentFacts facts;
  private final Map<String, Operation> operations = new HashMap<>();

  private Ledger(Payment payment) {
    this.payment = payment;
    facts = payment.facts();
    if (!facts.movements().isEmpty()) {
      payment.operations().forEach(operation -> operations.put(operation.key(), operation));
    }
  }

  /** The facts of a payment, read so. */
  static PaymentFacts of(Payment payment) {
    Ledger ledger = new Ledger(payment);
    return ledger.isPlain() ? payment.facts() : ledger.read();
  }

  /** Whether the facts say it all, as they mostly do. */
  private boolean isPlain() {
    for (Operation operation : payment.operations()) {
      if (operation.reportedAs().isPresent()) {
        return false;
      }
    }
    for (Movement movement : facts.movements().values()) {
      if (filled(movement) != movement) {
        return false;
      }
    }
    return true;
  }

  private PaymentFacts read() {
    SortedMap<String, Movement> movements = new TreeMap<>(facts.movements());
    movements.replaceAll((id, movement) -> filled(movement));
    SortedMap<String, Attempt> attempts = new TreeMap<>(facts.attempts());
    SortedMap<String, Authorization> holds = new TreeMap<>(facts.authorizations());
    Reports reports = Reports.of(payment);
    movements.keySet().removeAll(reports.replacedMovements());
    holds.keySet().removeAll(reports.replacedHolds());
    payment.operations().stream()
        .filter(Reports::charges)
        .forEach(
            charge ->
                charge.reportedAs().ifPresent(id -> giveWay(charge, id, movements, attempts)));
    return facts.with(attempts, holds, movements);
  }

  private Movement filled(Movement movement) {
    Operation cause = movement.operation().value().map(operations::get).orElse(null);
    if (cause == null) {
      return movement;
    }
    Movement filled = movement;
    boolean moves = cause.kind() == OperationKind.CAPTURE || cause.kind() == OperationKind.REFUND;
    if (moves && movement.parent().isUnknown()) {
      filled = filled.outOf(cause.target());
    }
    return movement.amount().isUnknown() && cause.amount().isPresent()
        ? filled.with(cause.amount().get())
        : filled;
  }

  /** A running total may tell of the same money, and an attempt be there twice. */
  private void giveWay(
      Operation charge,
      String reported,
      SortedMap<String, Movement> movements,
      SortedMap<String, Attempt> attempts) {
    Movement movement = movements.get(reported);
    if (movement != null && facts.totals().entrySet().stream().anyMatch(t -> tells(t, movement))) {
      movements.remove(reported);
    }
    if (attempts.size() > 1 && !charge.target().equals(reported)) {
      attempts.remove(reported);
    }
  }

  /** A total of the charge that the movement is of is never counted on top of it anyway. */
  private static boolean tells(Map.Entry<TotalKey, Counter> total, Movement movement) {
    return total.getKey().kind() == MovementKind.CAPTURE
        && total.getValue().minor() > 0
        && !movement.charge().has(total.getKey().charge());
  }
}
