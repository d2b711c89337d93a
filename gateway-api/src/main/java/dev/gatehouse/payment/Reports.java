package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.OperationKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * What a person reported under another id than the provider's. Of all that the provider shows, one
 * movement, or one hold, stands for what was reported of an operation; the rest is something else.
 * It grows with the facts as events do: whatever stands for a report was never told by its own id,
 * unless it still is. Immutable.
 */
public final class Reports {
  private static final Reports NONE = new Reports();

  private final Map<String, String> movements = new HashMap<>();
  private final Map<String, String> holds = new HashMap<>();
  private final Set<String> reported = new HashSet<>();

  private Reports() {}

  /** What was reported of a payment and not shown by the provider under that id. */
  public static Reports of(Payment payment) {
    return isReported(payment) ? matched(payment) : NONE;
  }

  private static boolean isReported(Payment payment) {
    for (Operation operation : payment.operations()) {
      if (operation.reportedAs().isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Reports matched(Payment payment) {
    Reports reports = new Reports();
    for (Operation operation : payment.operations()) {
      operation.reportedAs().ifPresent(reports.reported::add);
    }
    for (Operation operation : payment.operations()) {
      operation.reportedAs().ifPresent(id -> reports.match(payment, operation, id));
    }
    return reports;
  }

  /** The id under which a movement is known: as it was reported, else its own. */
  public String nameOfMovement(String id) {
    return movements.getOrDefault(id, id);
  }

  /** The id under which a hold is known: as it was reported, else its own. */
  public String nameOfHold(String id) {
    return holds.getOrDefault(id, id);
  }

  /** The reported ids for which a movement of another id stands. */
  Collection<String> replacedMovements() {
    return movements.values();
  }

  /** The reported ids for which a hold of another id stands. */
  Collection<String> replacedHolds() {
    return holds.values();
  }

  private void match(Payment payment, Operation operation, String id) {
    PaymentFacts facts = payment.facts();
    if (isHold(payment, operation)) {
      first(facts.authorizations(), holds, hold -> true).ifPresent(shown -> holds.put(shown, id));
    } else {
      first(facts.movements(), movements, movement -> isEffect(operation, movement))
          .ifPresent(shown -> movements.put(shown, id));
    }
  }

  private <T> Optional<String> first(
      SortedMap<String, T> shown, Map<String, String> taken, Predicate<T> fits) {
    return shown.entrySet().stream()
        .filter(entry -> !reported.contains(entry.getKey()) && !taken.containsKey(entry.getKey()))
        .filter(entry -> fits.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isHold(Payment payment, Operation operation) {
    return charges(operation)
        && payment.terms().filter(terms -> terms.capture() == CaptureMode.MANUAL).isPresent();
  }

  /** A provider need not say which call took the money, but an amount is what can be told. */
  private static boolean isEffect(Operation operation, Movement movement) {
    boolean ofCharge =
        operation.kind() == OperationKind.CHARGE
            || movement.charge().isUnknown()
            || movement.charge().has(operation.target());
    return movement.operation().has(operation.key())
        || charges(operation)
            && ofCharge
            && movement.is(MovementKind.CAPTURE)
            && movement.operation().isUnknown()
            && !movement.amount().isUnknown();
  }

  /** Whether the operation takes or holds the money itself. */
  static boolean charges(Operation operation) {
    return operation.kind() == OperationKind.CHARGE || operation.kind() == OperationKind.COMPLETE;
  }
}
