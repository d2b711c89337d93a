package dev.gatehouse.operations;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.OperationKind;
import java.util.List;
import java.util.Optional;

/** How a payment of which nothing was taken may still come to take something. Pure. */
final class GoesOn {
  private GoesOn() {}

  /** By what it may; empty if nothing goes on that we know of. */
  static Optional<Charged> at(Payment payment) {
    if (isBeingTaken(payment)) {
      return Optional.of(Charged.PENDING);
    }
    if (payment.state() == PaymentState.FAILED) {
      return mayBeTriedAgain(payment) ? Optional.of(Charged.FAILED_SO_FAR) : Optional.empty();
    }
    List<Attempt> others =
        payment.facts().attempts().values().stream()
            .filter(Attempt::isCurrent)
            .filter(a -> !a.step().reached(AttemptStep.SUCCEEDED))
            .filter(a -> !a.step().reached(AttemptStep.FAILED))
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    boolean wait = others.stream().allMatch(a -> a.step().isAt(AttemptStep.ACTION_NEEDED));
    return Optional.of(wait ? Charged.WAITS_FOR_CUSTOMER : Charged.PENDING);
  }

  private static boolean isBeingTaken(Payment payment) {
    Effects effects = payment.effects();
    return payment.facts().movements().values().stream()
            .filter(
                movement ->
                    movement.kind().isUnknown() || movement.kind().has(MovementKind.CAPTURE))
            .anyMatch(movement -> movement.step().isAt(MovementStep.OPEN))
        || payment.operations().stream()
            .filter(o -> o.kind() == OperationKind.CAPTURE || o.kind() == OperationKind.COMPLETE)
            .anyMatch(o -> effects.status(o) == OperationStatus.UNDER_WAY);
  }

  /**
   * Whoever was sent to the provider may have tried again there, and whom we did not send came by
   * another way. What we alone asked for, we alone can ask for again.
   */
  private static boolean mayBeTriedAgain(Payment payment) {
    return payment.terms().isEmpty()
        || payment.operations().stream().anyMatch(o -> o.action().isPresent())
        || payment.facts().attempts().values().stream()
            .anyMatch(attempt -> attempt.action().value().isPresent());
  }
}
