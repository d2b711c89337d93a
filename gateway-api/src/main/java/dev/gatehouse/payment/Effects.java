package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of operations of ours, by the same facts: looked through once, however many operations
 * are asked about. It does not follow later facts. Immutable.
 */
public final class Effects {
  private final PaymentFacts facts;
  private final Map<String, List<Movement>> movements;

  private Effects(PaymentFacts facts) {
    this.facts = facts;
    Map<String, List<Movement>> caused = new HashMap<>();
    for (Movement movement : facts.movements().values()) {
      for (String operation : movement.operation().values()) {
        caused.computeIfAbsent(operation, key -> new ArrayList<>(1)).add(movement);
      }
    }
    movements = Map.copyOf(caused);
  }

  /** What came of operations, by these facts. */
  public static Effects in(PaymentFacts facts) {
    return new Effects(facts);
  }

  /** What the operation came to. */
  public OperationStatus status(Operation operation) {
    return OperationStatus.of(operation, facts, movements(operation));
  }

  /** Whether a movement that it caused was seen. */
  public boolean isSeen(Operation operation) {
    return movements.containsKey(operation.key());
  }

  /** Whether a movement that it caused was done and then came back, as a bank may send one back. */
  public boolean wasUndone(Operation operation) {
    for (Movement movement : movements(operation)) {
      if (movement.step().reached(MovementStep.UNDONE)) {
        return true;
      }
    }
    return false;
  }

  /** Every movement that it caused. */
  List<Movement> movements(Operation operation) {
    return movements.getOrDefault(operation.key(), List.of());
  }
}
