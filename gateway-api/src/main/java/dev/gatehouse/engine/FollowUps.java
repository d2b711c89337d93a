package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Which operations a payment calls for by itself: going on after a customer's approval, giving back
 * what should not be with us, releasing holds that nobody wants any more, and sending again what
 * provably had no effect. Pure.
 */
final class FollowUps {
  /** The command keys of operations that no person asked for begin with this. */
  static final String OURS = "gatehouse:";

  private final EnginePolicy policy;
  private final Decider.Abilities abilities;
  private final Instant now;

  FollowUps(EnginePolicy policy, Decider.Abilities abilities, Instant now) {
    this.policy = policy;
    this.abilities = abilities;
    this.now = now;
  }

  /** The payment with the operations added that it calls for. */
  Payment next(Case known, Payment payment) {
    Payment next = payment;
    for (Operation operation : payment.operations()) {
      next = settle(known, next, operation);
    }
    next = completeApproved(known, next);
    next = refundExcess(known, next);
    return releaseUnwanted(known, next);
  }

  /** An operation that had no effect is sent again while that makes sense, or closed. */
  private Payment settle(Case known, Payment payment, Operation operation) {
    if (payment.status(operation) == OperationStatus.FAILED && isOurs(operation)) {
      return operation.leftToPerson() ? payment : payment.with(operation.leaveToPerson());
    }
    if (operation.closed()
        || operation.nextSendAt().isPresent()
        || payment.status(operation) != OperationStatus.NO_EFFECT) {
      return payment;
    }
    if (mayBeSentAgain(known, payment, operation)) {
      return payment.with(operation.resendAt(now.plus(waitFor(operation))));
    }
    boolean person = isOurs(operation) && operation.kind() != OperationKind.COMPLETE;
    return payment.with(person ? operation.leaveToPerson() : operation.close());
  }

  private boolean mayBeSentAgain(Case known, Payment payment, Operation operation) {
    boolean charging =
        operation.kind() == OperationKind.CHARGE || operation.kind() == OperationKind.COMPLETE;
    Duration patience = charging ? policy.chargePatience() : policy.operationPatience();
    boolean inTime = now.isBefore(operation.createdAt().plus(patience));
    boolean wanted = !charging || isWanted(known);
    boolean keyLives =
        abilities
            .recovery(payment, operation.kind())
            .replay()
            .map(lifetime -> now.isBefore(operation.createdAt().plus(lifetime)))
            .orElse(true);
    return inTime && wanted && keyLives && mayHelp(operation);
  }

  private static boolean mayHelp(Operation operation) {
    return operation
            .failure()
            .map(Failure::category)
            .map(ErrorCategory::retry)
            .map(
                retry ->
                    retry == ErrorCategory.Retry.SAME_KEY
                        || retry == ErrorCategory.Retry.SAME_KEY_LATER)
            .orElse(false)
        || operation.failure().isEmpty()
        || operation.failure().get().category() == ErrorCategory.UNKNOWN_OUTCOME;
  }

  private Duration waitFor(Operation operation) {
    Duration backoff = policy.pollAfter(operation.sends() - 1);
    Duration asked = operation.failure().flatMap(Failure::retryAfter).orElse(Duration.ZERO);
    return asked.compareTo(backoff) > 0 ? asked : backoff;
  }

  /**
   * The customer did their part; the provider waits for us, whether or not the customer came back.
   */
  private Payment completeApproved(Case known, Payment payment) {
    Payment next = payment;
    for (Map.Entry<String, Attempt> attempt : payment.facts().attempts().entrySet()) {
      boolean approved = attempt.getValue().step().isAt(AttemptStep.APPROVED);
      String command = OURS + "complete:" + attempt.getKey();
      if (approved
          && isWanted(known)
          && next.operationsOf(OperationKind.COMPLETE, command).isEmpty()) {
        next = begin(next, OperationKind.COMPLETE, command, Optional.empty(), attempt.getKey());
      }
    }
    return next;
  }

  private Payment refundExcess(Case known, Payment payment) {
    Optional<Money> beyond = Excess.beyond(known, payment);
    EnginePolicy.Excess choice = Excess.isLate(known) ? policy.late() : policy.excess();
    if (beyond.isEmpty() || choice != EnginePolicy.Excess.REFUND || !abilities.canRefund(payment)) {
      return payment;
    }
    Payment next = payment;
    Money left = beyond.get().minus(alreadyRefundedByUs(payment, beyond.get()));
    Funds funds = Funds.of(payment, left.getCurrencyUnit());
    Money refundable = funds.refundable();
    for (Map.Entry<String, Money> capture : funds.refundableByCapture().entrySet()) {
      Money part = smallest(smallest(left, capture.getValue()), refundable);
      String command = OURS + "excess:" + capture.getKey();
      if (part.isPositive() && next.operationsOf(OperationKind.REFUND, command).isEmpty()) {
        next = begin(next, OperationKind.REFUND, command, Optional.of(part), capture.getKey());
        left = left.minus(part);
        refundable = refundable.minus(part);
      }
    }
    return next;
  }

  private static Money alreadyRefundedByUs(Payment payment, Money beyond) {
    Money sum = Money.zero(beyond.getCurrencyUnit());
    for (Operation operation : payment.operations()) {
      if (operation.command().startsWith(OURS + "excess:") && operation.amount().isPresent()) {
        sum = sum.plus(operation.amount().get());
      }
    }
    return sum;
  }

  private Payment releaseUnwanted(Case known, Payment payment) {
    boolean over = known.checkout().filter(c -> c.state().isTerminal()).isPresent();
    boolean paysIt =
        known.checkout().flatMap(Checkout::paidBy).filter(payment.id()::equals).isPresent();
    if (!over
        || paysIt
        || payment.state() != PaymentState.AUTHORIZED
        || !abilities.canVoid(payment)) {
      return payment;
    }
    Payment next = payment;
    for (var hold : payment.facts().authorizations().entrySet()) {
      String command = OURS + "release:" + hold.getKey();
      if (hold.getValue().isAlive() && next.operationsOf(OperationKind.VOID, command).isEmpty()) {
        next = begin(next, OperationKind.VOID, command, Optional.empty(), hold.getKey());
      }
    }
    return next;
  }

  /** The payment with a new operation whose first send is committed with it. */
  private Payment begin(
      Payment payment, OperationKind kind, String command, Optional<Money> amount, String target) {
    return begin(payment, kind, command, amount, target, false, Optional.empty(), now);
  }

  /** The payment with a new operation whose first send is committed with it. */
  static Payment begin(
      Payment payment,
      OperationKind kind,
      String command,
      Optional<Money> amount,
      String target,
      boolean isFinal,
      Optional<String> reason,
      Instant now) {
    long number = payment.operations().stream().filter(o -> o.kind() == kind).count() + 1;
    String key = payment.id().value() + "." + kind.name().toLowerCase(Locale.ROOT) + "." + number;
    Operation operation = Operation.first(key, kind, command, amount, target, isFinal, reason, now);
    return payment
        .with(operation)
        .observing(PaymentFacts.ofSend(operation.sendKey(1), SendStep.SAVED));
  }

  private static boolean isWanted(Case known) {
    return known.checkout().map(checkout -> !checkout.state().isTerminal()).orElse(true);
  }

  private static boolean isOurs(Operation operation) {
    return operation.command().startsWith(OURS);
  }

  private static Money smallest(Money one, Money other) {
    return one.isGreaterThan(other) ? other : one;
  }
}
