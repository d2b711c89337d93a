package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.payment.Effects;
import dev.gatehouse.payment.Funds;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.store.Case;
import dev.gatehouse.validation.IdempotencyKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Which operations a payment calls for by itself: going on after a customer's approval, giving back
 * what should not be with us, and releasing holds that nobody wants any more. Pure.
 */
final class FollowUps {
  /** The command keys of operations that no person asked for begin with this. */
  static final String OURS = IdempotencyKey.RESERVED;

  private static final Failure OTHER_AMOUNT =
      Failure.of(
          ErrorCategory.VALIDATION,
          "attempt.other-amount",
          "the customer approved another amount than we asked for");

  private static final Failure NOT_ABLE =
      Failure.of(
          ErrorCategory.VALIDATION,
          "attempt.not-completable",
          "the customer approved, and the gateway does not declare that it can go on");

  private static final Failure DOUBTFUL =
      Failure.of(
          ErrorCategory.VALIDATION,
          "refund.doubtful",
          "nobody can say how much of it went back already, or will by a dispute");

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
    if (payment.terms().isEmpty() || isQuestionable(payment)) {
      return payment;
    }
    return releaseUnwanted(known, refundExcess(known, completeApproved(known, payment)));
  }

  /** What contradicts itself, or is not what we asked for, was told to a person. */
  private static boolean isQuestionable(Payment payment) {
    return !payment.mismatches().isEmpty()
        || payment.conflicts().stream().anyMatch(Conflict::isGrave);
  }

  /**
   * Whether a person must know if the operation fails: nobody asked for it, so nobody else will
   * see. Going on after an approval is not one of them: its failure is a declined payment.
   */
  static boolean isOurRefund(Operation operation) {
    return operation.command().startsWith(OURS) && operation.kind() == OperationKind.REFUND;
  }

  /**
   * The customer did their part; the provider waits for us, whether or not the customer came back.
   * Of several approvals one is gone on with, and another only if that came to nothing: a payment
   * is made once.
   */
  private Payment completeApproved(Case known, Payment payment) {
    boolean made = isMade(payment) || known.payments().stream().anyMatch(p -> takes(p, payment));
    if (made || !Resends.isWanted(known)) {
      return payment;
    }
    Effects effects = payment.effects();
    Payment next = payment;
    for (Map.Entry<String, Attempt> attempt : payment.facts().attempts().entrySet()) {
      String command = OURS + "complete:" + attempt.getKey();
      boolean another = next.operations().stream().anyMatch(o -> mayComplete(effects, o));
      if (!another
          && attempt.getValue().isCurrent()
          && attempt.getValue().step().isAt(AttemptStep.APPROVED)
          && next.operationsOf(OperationKind.COMPLETE, command).isEmpty()) {
        next = next.beginning(Intent.complete(command, attempt.getKey()), now);
        if (isForOtherAmount(payment, attempt.getValue())) {
          next = notMade(next, OTHER_AMOUNT);
        } else if (!abilities.can(payment, Capability.COMPLETION)) {
          next = notMade(next, NOT_ABLE);
        }
      }
    }
    return next;
  }

  /** Whether an attempt took or holds the money already, or is about to by itself. */
  private static boolean isMade(Payment payment) {
    for (Attempt attempt : payment.facts().attempts().values()) {
      if (attempt.step().reached(AttemptStep.SUCCEEDED)
          || attempt.step().isAt(AttemptStep.PROCESSING)) {
        return true;
      }
    }
    return false;
  }

  /** Whether another payment of the checkout has the money, or may be about to take it. */
  private static boolean takes(Payment other, Payment payment) {
    if (other.id().equals(payment.id())) {
      return false;
    }
    return switch (other.state()) {
      case AUTHORIZED, PARTLY_CAPTURED, CAPTURED, IN_DOUBT -> true;
      case PENDING -> {
        Effects effects = other.effects();
        yield isMade(other) || other.operations().stream().anyMatch(o -> mayComplete(effects, o));
      }
      case ACTION_REQUIRED, PARTLY_REFUNDED, REFUNDED, REVERSED, VOIDED, EXPIRED, FAILED, DONE ->
          false;
    };
  }

  private static boolean mayComplete(Effects effects, Operation operation) {
    boolean nothing =
        switch (effects.status(operation)) {
          case FAILED -> true;
          case NO_EFFECT -> operation.closed();
          case IN_DOUBT, UNDER_WAY, SUCCEEDED -> false;
        };
    return operation.kind() == OperationKind.COMPLETE && !nothing;
  }

  private static boolean isForOtherAmount(Payment payment, Attempt attempt) {
    return payment.terms().isPresent()
        && attempt.amount().values().stream()
            .anyMatch(amount -> !amount.equals(payment.terms().get().amount()));
  }

  /** The payment with its last operation refused by ourselves, and left to a person. */
  private static Payment notMade(Payment payment, Failure why) {
    Operation refused = payment.operations().get(payment.operations().size() - 1);
    return payment
        .with(refused.failedWith(why).leaveToPerson())
        .observing(PaymentFacts.ofSend(refused.sendKey(1), SendStep.HAD_NONE));
  }

  /**
   * What is with us and should not be is refunded, capture by capture. It may come back: somebody
   * else's refund may be undone. If one of ours fails or is undone, or nobody can say how much went
   * back, the capture is a person's.
   */
  private Payment refundExcess(Case known, Payment payment) {
    Optional<Money> beyond = Excess.beyond(known, payment);
    EnginePolicy.Excess choice = Excess.isLate(known) ? policy.late() : policy.excess();
    if (beyond.isEmpty()
        || choice != EnginePolicy.Excess.REFUND
        || !abilities.can(payment, Capability.REFUND)) {
      return payment;
    }
    Payment next = payment;
    Funds funds = Funds.of(payment, beyond.get().getCurrencyUnit());
    Effects effects = payment.effects();
    Money most = leftBeyond(known, payment, beyond.get(), effects);
    Money left = smallest(most, spare(known, payment, funds));
    for (Map.Entry<String, Money> capture : funds.refundableByCapture().entrySet()) {
      Money part = smallest(left, capture.getValue());
      List<Operation> before = excessRefundsOf(payment, capture.getKey());
      if (part.isPositive()
          && before.stream().allMatch(o -> stayed(effects, o))
          && mayRefund(payment, capture.getKey(), part)) {
        String command = OURS + "excess:" + capture.getKey() + ":" + (before.size() + 1);
        Intent refund = Intent.refund(command, part, capture.getKey(), Optional.empty());
        next = next.beginning(refund, now);
        next = funds.isDoubtful() ? notMade(next, DOUBTFUL) : next;
        left = left.minus(part);
      }
    }
    return next;
  }

  /** What can be given back without touching what the checkout is paid with. */
  private static Money spare(Case known, Payment payment, Funds funds) {
    Money spare = funds.refundable();
    if (paysIt(known, payment)) {
      spare = spare.minus(known.checkout().orElseThrow().total());
    }
    return spare;
  }

  private boolean mayRefund(Payment payment, String capture, Money part) {
    Movement captured = payment.facts().movements().get(capture);
    boolean whole = captured != null && captured.amount().has(part);
    return whole || abilities.can(payment, Capability.PARTIAL_REFUND);
  }

  private static boolean paysIt(Case known, Payment payment) {
    return known.checkout().flatMap(Checkout::paidBy).filter(payment.id()::equals).isPresent();
  }

  /** Of a payment that pays its checkout, only what we have not refunded yet is beyond it. */
  private static Money leftBeyond(Case known, Payment payment, Money beyond, Effects effects) {
    boolean paysIt = paysIt(known, payment);
    Money left = beyond;
    for (Operation operation : payment.operations()) {
      boolean counts = paysIt && operation.command().startsWith(OURS + "excess:");
      if (counts && effects.status(operation) != OperationStatus.NO_EFFECT) {
        left = left.minus(operation.amount().orElseThrow());
      }
    }
    return left;
  }

  private static List<Operation> excessRefundsOf(Payment payment, String capture) {
    return payment.operations().stream()
        .filter(o -> o.target().equals(capture) && o.command().startsWith(OURS + "excess:"))
        .toList();
  }

  private static boolean stayed(Effects effects, Operation refund) {
    return effects.status(refund) == OperationStatus.SUCCEEDED && !effects.wasUndone(refund);
  }

  private Payment releaseUnwanted(Case known, Payment payment) {
    boolean over = known.checkout().filter(c -> c.state().isTerminal()).isPresent();
    if (!over || paysIt(known, payment)) {
      return payment;
    }
    Payment next = payment;
    Funds funds = Funds.of(payment, payment.terms().orElseThrow().amount().getCurrencyUnit());
    for (String hold : funds.living()) {
      String command = OURS + "release:" + hold;
      if (next.operationsOf(OperationKind.VOID, command).isEmpty()
          && abilities.can(payment, Capability.VOID)) {
        next = next.beginning(Intent.release(command, hold), now);
      }
    }
    return next;
  }

  private static Money smallest(Money one, Money other) {
    return one.isGreaterThan(other) ? other : one;
  }
}
