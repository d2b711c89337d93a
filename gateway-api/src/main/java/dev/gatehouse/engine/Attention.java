package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.Purpose;
import dev.gatehouse.spi.OperationKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a payment of ours may go on at its provider without any doing of ours, so that it is
 * worth a look. The one answer for alarms, for the waker and for customers who come back. Pure.
 */
final class Attention {
  private static final Set<OperationKind> BEGINNINGS =
      Set.of(OperationKind.CHARGE, OperationKind.SET_UP);

  private Attention() {}

  /**
   * Whether to look.
   *
   * @param checkout what it is for, which a customer may pay until it expires
   */
  static boolean wants(
      Payment payment, Optional<Checkout> checkout, EnginePolicy policy, Instant now) {
    if (payment.terms().isEmpty() || payment.purpose() == Purpose.REMOVAL) {
      return isUnderWay(payment);
    }
    Instant payable = checkout.map(Checkout::expiresAt).orElse(payment.createdAt());
    boolean watched = now.isBefore(payable.plus(policy.watchAbandoned()));
    return switch (payment.state()) {
      case PENDING -> watched || isWorkedOn(payment) || isMoving(payment);
      case AUTHORIZED, PARTLY_CAPTURED -> true;
      case ACTION_REQUIRED -> watched;
      // Taken, but nobody vouched yet that it is what we asked for.
      case CAPTURED -> watched && !payment.isPaid() || isMoving(payment);
      // The hold of one attempt has ended, and another goes on.
      case VOIDED, EXPIRED -> watched && isTriedAgain(payment) || isMoving(payment);
      case IN_DOUBT, PARTLY_REFUNDED, REFUNDED, REVERSED, FAILED, DONE -> isMoving(payment);
    };
  }

  /** Whether the provider goes on with an attempt; one that was approved waits for us. */
  private static boolean isWorkedOn(Payment payment) {
    return payment.facts().attempts().isEmpty()
        || payment.facts().attempts().values().stream()
            .filter(Attempt::isCurrent)
            .anyMatch(
                attempt ->
                    attempt.step().isAt(AttemptStep.PROCESSING)
                        || attempt.step().isAt(AttemptStep.STARTED));
  }

  private static boolean isTriedAgain(Payment payment) {
    return payment.facts().attempts().values().stream()
        .filter(Attempt::isCurrent)
        .map(Attempt::step)
        .anyMatch(
            step -> !step.reached(AttemptStep.SUCCEEDED) && !step.reached(AttemptStep.FAILED));
  }

  /** Whether money is on its way, or the provider has an operation that it is not done with. */
  private static boolean isMoving(Payment payment) {
    return payment.facts().movements().values().stream()
            .anyMatch(movement -> movement.step().isAt(MovementStep.OPEN))
        || isUnderWay(payment);
  }

  /**
   * How far a charge or the like has come is the state of the payment; it is not asked about apart.
   */
  private static boolean isUnderWay(Payment payment) {
    Effects effects = payment.effects();
    return payment.operations().stream()
        .filter(operation -> !BEGINNINGS.contains(operation.kind()))
        .anyMatch(operation -> effects.status(operation) == OperationStatus.UNDER_WAY);
  }
}
