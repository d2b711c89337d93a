package dev.gatehouse.payment;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.OperationKind;
import java.util.Map;
import org.joda.money.Money;

/**
 * Decides whether a payment is paid. It takes positive evidence of everything: our reference, our
 * mode, our currency, the amount. So whatever is learnt later can only contradict what was seen,
 * which is a conflict, and the order of learning can't matter.
 */
final class Paid {
  private Paid() {}

  static boolean is(Payment payment) {
    if (payment.terms().isEmpty() || !payment.mismatches().isEmpty()) {
      return false;
    }
    Money asked = payment.terms().get().amount();
    boolean vouchedFor =
        payment.facts().reference().has(payment.id().value())
            && payment.facts().mode().has(payment.mode());
    if (!vouchedFor) {
      return false;
    }
    Money captured = Totals.of(payment.facts(), asked.getCurrencyUnit()).captured();
    return !captured.isLessThan(asked)
        || captured.isPositive() && (hasFinalCapture(payment) || isHoldOver(payment));
  }

  /** After a part was captured, the end of the hold makes that part all that will come. */
  private static boolean isHoldOver(Payment payment) {
    Map<String, Authorization> holds = payment.facts().authorizations();
    return !holds.isEmpty()
        && holds.values().stream().noneMatch(hold -> mayYetBeCaptured(hold, holds));
  }

  /** A superseded hold goes on in the one that took its place, which may not have been seen yet. */
  private static boolean mayYetBeCaptured(Authorization hold, Map<String, Authorization> holds) {
    boolean goesOnUnseen =
        hold.end().has(AuthorizationEnd.SUPERSEDED)
            && hold.supersededBy().value().filter(holds::containsKey).isEmpty();
    return hold.isAlive() || goesOnUnseen;
  }

  /** A capture that we called final counts as all that we asked for. */
  private static boolean hasFinalCapture(Payment payment) {
    return payment.operations().stream()
        .filter(operation -> operation.kind() == OperationKind.CAPTURE && operation.isFinal())
        .anyMatch(
            operation ->
                payment.facts().movements().values().stream()
                    .anyMatch(movement -> isDoneCaptureOf(movement, operation)));
  }

  private static boolean isDoneCaptureOf(Movement movement, Operation operation) {
    return movement.is(MovementKind.CAPTURE)
        && movement.operation().has(operation.key())
        && movement.step().reached(MovementStep.DONE);
  }
}
