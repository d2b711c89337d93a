package dev.gatehouse.payment;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.spi.OperationKind;
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
    return !captured.isLessThan(asked) || hasFinalCapture(payment);
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
