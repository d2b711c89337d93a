package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.store.Case;
import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of operations that provably had no effect: they are sent again, under the same key,
 * while that makes sense and their effect is still wanted; then they are closed. Pure.
 */
final class Resends {
  private static final Failure SENT_BACK =
      Failure.of(ErrorCategory.HARD_DECLINE, "refund.failed", "the refund failed or was sent back");

  private static final Failure NOWHERE =
      Failure.of(
          ErrorCategory.UNKNOWN_OUTCOME,
          "operation.nowhere",
          "it was accepted, and the provider has never shown it");

  private final EnginePolicy policy;
  private final Decider.Abilities abilities;
  private final Instant now;

  Resends(EnginePolicy policy, Decider.Abilities abilities, Instant now) {
    this.policy = policy;
    this.abilities = abilities;
    this.now = now;
  }

  /** The payment with its operations put off, sent again, or closed. */
  Payment settle(Case known, Payment payment) {
    Payment next = payment;
    for (Operation operation : payment.operations()) {
      next = settle(known, next, operation);
    }
    return next;
  }

  private Payment settle(Case known, Payment payment, Operation operation) {
    OperationStatus status = payment.status(operation);
    if (operation.closed()) {
      return payment;
    }
    boolean cameToNothing =
        status == OperationStatus.FAILED || FollowUps.wasUndone(payment, operation);
    if (cameToNothing && FollowUps.needsPerson(operation)) {
      Failure why = operation.failure().orElse(SENT_BACK);
      return payment.with(operation.failedWith(why).leaveToPerson());
    }
    if (status == OperationStatus.UNDER_WAY && isNowhere(payment, operation)) {
      return payment.with(operation.failedWith(NOWHERE).leaveToPerson());
    }
    if (status != OperationStatus.NO_EFFECT) {
      return payment;
    }
    if (!mayBeSentAgain(known, payment, operation)) {
      // A charge that was given up is a failed payment. Nobody would see it of anything else.
      return payment.with(isCharging(operation) ? operation.close() : operation.leaveToPerson());
    }
    if (operation.nextSendAt().isEmpty()) {
      return payment.with(operation.resendAt(now.plus(waitFor(operation))));
    }
    boolean due = !operation.nextSendAt().get().isAfter(now);
    return due ? sentAgain(payment, operation, now) : payment;
  }

  /** The gateway accepted it long ago, and the provider has never shown anything of it. */
  private boolean isNowhere(Payment payment, Operation operation) {
    boolean longAgo = !now.isBefore(operation.createdAt().plus(policy.doubtPatience()));
    boolean shown =
        operation.kind() == OperationKind.CHARGE && !payment.facts().attempts().isEmpty()
            || payment.facts().attempts().containsKey(operation.target())
            || payment.facts().authorizations().containsKey(operation.target())
                && operation.kind() == OperationKind.VOID
            || payment.facts().attempts().values().stream()
                .anyMatch(attempt -> attempt.operation().has(operation.key()))
            || payment.facts().movements().values().stream()
                .anyMatch(movement -> movement.operation().has(operation.key()));
    return longAgo && !shown;
  }

  /** The payment with one more send of the operation committed. */
  static Payment sentAgain(Payment payment, Operation operation, Instant now) {
    Operation again = operation.sentAgain(now);
    return payment
        .with(again)
        .observing(PaymentFacts.ofSend(again.sendKey(again.sends()), SendStep.SAVED));
  }

  private boolean mayBeSentAgain(Case known, Payment payment, Operation operation) {
    boolean inTime = now.isBefore(lastSend(known, operation));
    boolean wanted = !isCharging(operation) || isWanted(known);
    boolean keyLives =
        abilities
            .recovery(payment, operation.kind())
            .replay()
            .map(lifetime -> now.isBefore(operation.createdAt().plus(lifetime)))
            .orElse(true);
    return inTime && wanted && keyLives && mayHelp(operation);
  }

  /** A customer who approved need not wait with us; the approval holds as long as the checkout. */
  private Instant lastSend(Case known, Operation operation) {
    return switch (operation.kind()) {
      case CHARGE -> operation.createdAt().plus(policy.chargePatience());
      case COMPLETE ->
          known
              .checkout()
              .map(Checkout::expiresAt)
              .orElseGet(() -> operation.createdAt().plus(policy.operationPatience()));
      case CAPTURE, VOID, REFUND -> operation.createdAt().plus(policy.operationPatience());
    };
  }

  /** Whether the operation takes money from a customer who waits, rather than finishing a deal. */
  static boolean isCharging(Operation operation) {
    return operation.kind() == OperationKind.CHARGE || operation.kind() == OperationKind.COMPLETE;
  }

  /** Whether the checkout, if there is one, still wants money. */
  static boolean isWanted(Case known) {
    return known.checkout().map(checkout -> !checkout.state().isTerminal()).orElse(true);
  }

  /** What was refused is not sent again; what got lost, or was put off by the provider, is. */
  private static boolean mayHelp(Operation operation) {
    if (operation.failure().isEmpty()) {
      return true;
    }
    ErrorCategory category = operation.failure().get().category();
    return category == ErrorCategory.UNKNOWN_OUTCOME
        || category.retry() == ErrorCategory.Retry.SAME_KEY
        || category.retry() == ErrorCategory.Retry.SAME_KEY_LATER;
  }

  private Duration waitFor(Operation operation) {
    Duration backoff = policy.pollAfter(operation.sends() - 1);
    Duration asked = operation.failure().flatMap(Failure::retryAfter).orElse(Duration.ZERO);
    Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
    return wait.compareTo(policy.slowestPoll()) > 0 ? policy.slowestPoll() : wait;
  }
}
