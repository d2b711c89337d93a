package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.Funds;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.store.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

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

  private static final Failure SLOW =
      Failure.of(
          ErrorCategory.UNKNOWN_OUTCOME,
          "refund.slow",
          "we began it by ourselves, and it has been under way for long");

  private final EnginePolicy policy;
  private final Decider.Abilities abilities;
  private final Instant now;
  private @Nullable Payment funded;
  private @Nullable Funds funds;

  Resends(EnginePolicy policy, Decider.Abilities abilities, Instant now) {
    this.policy = policy;
    this.abilities = abilities;
    this.now = now;
  }

  /** The payment with its operations put off, sent again, or closed. */
  Payment settle(Case known, Payment payment) {
    Payment next = payment;
    Effects effects = payment.effects();
    for (Operation operation : payment.operations()) {
      if (!operation.closed()) {
        next = settle(known, next, operation, effects);
      }
    }
    return next;
  }

  private Payment settle(Case known, Payment payment, Operation operation, Effects effects) {
    OperationStatus status = effects.status(operation);
    boolean cameToNothing = status == OperationStatus.FAILED || effects.wasUndone(operation);
    if (cameToNothing && FollowUps.isOurRefund(operation)) {
      Failure why = operation.failure().orElse(SENT_BACK);
      return payment.with(operation.failedWith(why).leaveToPerson());
    }
    if (status == OperationStatus.UNDER_WAY && isNowhere(payment, operation, effects)) {
      return payment.with(operation.failedWith(NOWHERE).leaveToPerson());
    }
    if (status == OperationStatus.UNDER_WAY && isOurRefundForLong(operation)) {
      return payment.with(operation.failedWith(SLOW).leaveToPerson());
    }
    boolean begins =
        operation.kind() == OperationKind.CHARGE || operation.kind() == OperationKind.SET_UP;
    if (begins && isStale(known, payment)) {
      return payment.with(operation.failedWith(stale(payment)).leaveToPerson());
    }
    if (status != OperationStatus.NO_EFFECT) {
      return payment;
    }
    boolean wanted = isWanted(known, payment, operation, () -> fundsOf(payment, operation));
    if (!wanted || !mayBeSentAgain(known, payment, operation)) {
      // A charge that was given up is a failed payment. Nobody would see it of anything else.
      boolean seen = isCharging(operation) || !wanted && operation.kind() == OperationKind.CAPTURE;
      return payment.with(seen ? operation.close() : operation.leaveToPerson());
    }
    if (operation.nextSendAt().isEmpty()) {
      return payment.with(operation.resendAt(now.plus(waitFor(operation))));
    }
    if (operation.nextSendAt().get().isAfter(now)) {
      return payment;
    }
    return abilities.isConfigured(payment)
        ? sentAgain(payment, operation, now)
        : payment.with(operation.resendAt(now.plus(policy.slowestPoll())));
  }

  /** Nobody asked for it, so nobody else sees that the customer has not got it. */
  private boolean isOurRefundForLong(Operation operation) {
    return FollowUps.isOurRefund(operation)
        && !now.isBefore(operation.createdAt().plus(policy.operationPatience()));
  }

  /** The gateway accepted it long ago, and the provider has never shown anything of it. */
  private boolean isNowhere(Payment payment, Operation operation, Effects effects) {
    boolean longAgo = !now.isBefore(operation.createdAt().plus(policy.doubtPatience()));
    return longAgo && !isShown(payment, operation, effects);
  }

  private static boolean isShown(Payment payment, Operation operation, Effects effects) {
    return switch (operation.kind()) {
      case CHARGE, SET_UP -> !payment.facts().attempts().isEmpty();
      case COMPLETE ->
          Optional.ofNullable(payment.facts().attempts().get(operation.target()))
              .filter(attempt -> attempt.step().reached(AttemptStep.PROCESSING))
              .isPresent();
      case CAPTURE, REFUND -> effects.isSeen(operation);
      case VOID, REMOVE -> false;
    };
  }

  /**
   * Whether a payment has stayed for too long where nobody can fulfil it: nothing decides whether
   * it is paid, or money was taken and nobody vouches that it is what we asked for. Of a checkout
   * that is over, it matters only if money may have been taken.
   */
  private boolean isStale(Case known, Payment payment) {
    if (now.isBefore(payment.createdAt().plus(policy.watchAbandoned()))) {
      return false;
    }
    boolean open = payment.state() == PaymentState.PENDING;
    return isWanted(known)
        ? open || isUnvouched(payment)
        : open && payment.facts().attempts().values().stream().anyMatch(Resends::mayBePaid);
  }

  private static Failure stale(Payment payment) {
    String what = "for a long time nothing decided whether it is paid";
    return Failure.of(
        ErrorCategory.UNKNOWN_OUTCOME,
        "payment.stale",
        payment.unproven().isEmpty()
            ? what
            : what + ": the provider does not say its " + String.join(" and ", payment.unproven()));
  }

  private static boolean mayBePaid(Attempt attempt) {
    return attempt.isCurrent()
        && (attempt.step().isAt(AttemptStep.PROCESSING)
            || attempt.step().isAt(AttemptStep.SUCCEEDED));
  }

  private static boolean isUnvouched(Payment payment) {
    return payment.state() == PaymentState.CAPTURED && !payment.isPaid();
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
    boolean keyLives =
        abilities
            .recovery(payment, operation.kind())
            .replay()
            .map(lifetime -> now.isBefore(operation.createdAt().plus(lifetime)))
            .orElse(true);
    return inTime && keyLives && mayHelp(operation);
  }

  /** Whether the effect of an operation that had none so far is still wanted, and possible. */
  static boolean isWanted(Case known, Payment payment, Operation operation, Supplier<Funds> funds) {
    return switch (operation.kind()) {
      case CHARGE, COMPLETE -> isWanted(known);
      case CAPTURE -> mayCapture(known, payment) && funds.get().cover(operation);
      case REFUND -> funds.get().cover(operation);
      case VOID, SET_UP, REMOVE -> true;
    };
  }

  /** What there is in the currency of an operation that has an amount. */
  static Funds funds(Payment payment, Operation operation) {
    return Funds.of(payment, operation.amount().orElseThrow().getCurrencyUnit());
  }

  /** They are asked about for each operation, and change only with the payment. */
  private Funds fundsOf(Payment payment, Operation operation) {
    CurrencyUnit currency = operation.amount().orElseThrow().getCurrencyUnit();
    if (funds == null || !payment.equals(funded) || !funds.currency().equals(currency)) {
      funded = payment;
      funds = funds(payment, operation);
    }
    return funds;
  }

  /** What is held for a checkout that is over, or that another payment paid, is not taken. */
  static boolean mayCapture(Case known, Payment payment) {
    return isWanted(known)
        || known.checkout().flatMap(Checkout::paidBy).filter(payment.id()::equals).isPresent();
  }

  /** A customer who approved need not wait with us; the approval holds as long as the checkout. */
  private Instant lastSend(Case known, Operation operation) {
    return switch (operation.kind()) {
      case CHARGE, SET_UP -> operation.createdAt().plus(policy.chargePatience());
      case COMPLETE -> {
        Instant soon = operation.createdAt().plus(policy.doubtPatience());
        Instant over = known.checkout().map(Checkout::expiresAt).orElse(soon);
        yield over.isBefore(soon) ? soon : over;
      }
      case CAPTURE, VOID, REFUND, REMOVE -> operation.createdAt().plus(policy.operationPatience());
    };
  }

  /** Whether the operation takes money from a customer who waits, rather than finishing a deal. */
  static boolean isCharging(Operation operation) {
    return operation.kind() == OperationKind.CHARGE
        || operation.kind() == OperationKind.SET_UP
        || operation.kind() == OperationKind.COMPLETE;
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
