package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.PaymentFacts;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fills in what a provider did not say about movements that operations of ours caused: what they
 * come out of, and how much they are about. We know it, because we asked for it. Nothing of this is
 * ever kept as a fact.
 */
final class Blanks {
  private Blanks() {}

  static PaymentFacts filled(Payment payment) {
    PaymentFacts facts = payment.facts();
    if (payment.operations().isEmpty()
        || facts.movements().values().stream().noneMatch(Blanks::hasBlank)) {
      return facts;
    }
    SortedMap<String, Movement> movements = new TreeMap<>(facts.movements());
    movements.replaceAll((id, movement) -> filled(payment, movement));
    return facts.withMovements(movements);
  }

  private static boolean hasBlank(Movement movement) {
    return movement.operation().value().isPresent()
        && (movement.parent().isUnknown() || movement.amount().isUnknown());
  }

  private static Movement filled(Payment payment, Movement movement) {
    Optional<Operation> cause = movement.operation().value().flatMap(payment::operation);
    if (cause.isEmpty()) {
      return movement;
    }
    Movement filled = movement;
    if (movement.parent().isUnknown() && !cause.get().target().isEmpty()) {
      filled = filled.outOf(cause.get().target());
    }
    return movement.amount().isUnknown() && cause.get().amount().isPresent()
        ? filled.with(cause.get().amount().get())
        : filled;
  }
}
