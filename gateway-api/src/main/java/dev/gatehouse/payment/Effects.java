package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
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
  private final Map<String, List<Movement>> movements = new HashMap<>();

  private Effects(PaymentFacts facts) {
    this.facts = facts;
    for (Movement movement : facts.movements().values()) {
      for (String operation : movement.operation().values()) {
        movements.computeIfAbsent(operation, key -> new ArrayList<>()).add(movement);
      }
    }
  }

  /** What came of operations, by these facts. */
  public static Effects in(PaymentFacts facts) {
    return new Effects(facts);
  }

  /** What the operation came to. */
  public OperationStatus status(Operation operation) {
    return OperationStatus.of(operation, facts, movements(operation));
  }

  /** Every movement that the operation caused, in the order of their ids. */
  public List<Movement> movements(Operation operation) {
    return List.copyOf(movements.getOrDefault(operation.key(), List.of()));
  }
}
