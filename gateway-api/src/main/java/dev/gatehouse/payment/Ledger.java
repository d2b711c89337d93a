package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
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
    payment.operations().forEach(operation -> operations.put(operation.key(), operation));
  }

  /** The facts of a payment, read so. */
  static PaymentFacts of(Payment payment) {
    boolean plain =
        payment.operations().isEmpty()
            || payment.facts().movements().values().stream().noneMatch(Ledger::hasBlank)
                && payment.operations().stream().allMatch(o -> o.reportedAs().isEmpty());
    return plain ? payment.facts() : new Ledger(payment).read();
  }

  private static boolean hasBlank(Movement movement) {
    return movement.operation().value().isPresent()
        && (movement.parent().isUnknown() || movement.amount().isUnknown());
  }

  private PaymentFacts read() {
    SortedMap<String, Movement> movements = new TreeMap<>(facts.movements());
    movements.replaceAll((id, movement) -> filled(movement));
    SortedMap<String, Attempt> attempts = new TreeMap<>(facts.attempts());
    SortedMap<String, Authorization> holds = new TreeMap<>(facts.authorizations());
    for (Operation operation : payment.operations()) {
      operation.reportedAs().ifPresent(id -> giveWay(operation, id, movements, attempts, holds));
    }
    return facts.with(attempts, holds, movements);
  }

  private Movement filled(Movement movement) {
    Operation cause = movement.operation().value().map(operations::get).orElse(null);
    if (cause == null) {
      return movement;
    }
    Movement filled = movement;
    if (movement.parent().isUnknown() && !cause.target().isEmpty()) {
      filled = filled.outOf(cause.target());
    }
    return movement.amount().isUnknown() && cause.amount().isPresent()
        ? filled.with(cause.amount().get())
        : filled;
  }

  /** A person may have named it otherwise than the provider does; then it is there twice. */
  private void giveWay(
      Operation operation,
      String reported,
      SortedMap<String, Movement> movements,
      SortedMap<String, Attempt> attempts,
      SortedMap<String, Authorization> holds) {
    boolean charges =
        operation.kind() == OperationKind.CHARGE || operation.kind() == OperationKind.COMPLETE;
    boolean shown =
        movements.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(reported))
            .anyMatch(entry -> isEffect(entry.getValue(), operation, charges));
    if (shown || charges && !facts.totals().isEmpty()) {
      movements.remove(reported);
    }
    if (charges && attempts.size() > 1 && !operation.target().equals(reported)) {
      attempts.remove(reported);
    }
    if (charges && holds.size() > 1) {
      holds.remove(reported);
    }
  }

  private static boolean isEffect(Movement movement, Operation operation, boolean charges) {
    return movement.operation().has(operation.key())
        || charges && movement.is(MovementKind.CAPTURE) && movement.operation().isUnknown();
  }
}
