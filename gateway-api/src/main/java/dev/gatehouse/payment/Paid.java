package dev.gatehouse.payment;

import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.OperationKind;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/**
 * Decides whether a payment is paid. It takes positive evidence of everything: our reference, our
 * mode, our currency, the amount. So whatever is learnt later can only contradict what was seen,
 * which is a conflict, and the order of learning can't matter.
 */
final class Paid {
  private Paid() {}

  static boolean is(Payment payment) {
    if (payment.terms().isEmpty()
        || payment.purpose() != Purpose.PAYMENT
        || !payment.mismatches().isEmpty()) {
      return false;
    }
    Money asked = payment.terms().get().amount();
    if (!unsaid(payment).isEmpty()) {
      return false;
    }
    return isWhole(payment, asked) || isTaken(payment, asked) && isHoldOver(payment);
  }

  /** What nobody vouched for though money was taken. */
  static Set<String> lacking(Payment payment) {
    return payment.terms().filter(terms -> isTaken(payment, terms.amount())).isPresent()
        ? unsaid(payment)
        : Set.of();
  }

  private static Set<String> unsaid(Payment payment) {
    Set<String> unsaid = new TreeSet<>();
    if (!payment.facts().reference().has(payment.id().value())) {
      unsaid.add("reference");
    }
    if (!payment.facts().mode().has(payment.mode())) {
      unsaid.add("mode");
    }
    return unsaid;
  }

  private static boolean isTaken(Payment payment, Money asked) {
    return payment.totals(asked.getCurrencyUnit()).captured().isPositive();
  }

  /** Whether a part was taken, and a hold lives of which the rest may come. */
  static boolean awaitsRest(Payment payment) {
    return payment.terms().filter(terms -> !isWhole(payment, terms.amount())).isPresent()
        && payment.ledger().authorizations().values().stream().anyMatch(Authorization::isAlive);
  }

  private static boolean isWhole(Payment payment, Money asked) {
    Money captured = payment.totals(asked.getCurrencyUnit()).captured();
    return !captured.isLessThan(asked) || captured.isPositive() && hasFinalCapture(payment);
  }

  /**
   * A hold of which a part was captured is over: that part is all that will come of it. Both can
   * only be learnt, never unlearnt. A hold that was superseded is not over; it goes on in another.
   */
  private static boolean isHoldOver(Payment payment) {
    PaymentFacts ledger = payment.ledger();
    return payment.terms().filter(terms -> terms.capture() == CaptureMode.MANUAL).isPresent()
        && ledger.authorizations().entrySet().stream()
            .filter(hold -> !hold.getValue().end().isUnknown())
            .anyMatch(hold -> hasCaptureOf(ledger, hold.getKey()));
  }

  private static boolean hasCaptureOf(PaymentFacts ledger, String hold) {
    return ledger.movements().values().stream()
        .anyMatch(movement -> isDoneCapture(movement) && movement.parent().has(hold));
  }

  /** A capture that we called final counts as all that we asked for. */
  private static boolean hasFinalCapture(Payment payment) {
    Effects effects = payment.effects();
    return payment.operations().stream()
        .filter(operation -> operation.kind() == OperationKind.CAPTURE && operation.isFinal())
        .flatMap(operation -> effects.movements(operation).stream())
        .anyMatch(Paid::isDoneCapture);
  }

  private static boolean isDoneCapture(Movement movement) {
    return movement.is(MovementKind.CAPTURE) && movement.step().reached(MovementStep.DONE);
  }
}
