package dev.gatehouse.engine;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import java.time.Instant;

/** What a gateway's answer to a send adds to what is known. Pure. */
final class Answers {
  private static final Failure MIXED_UP =
      Failure.of(
          ErrorCategory.UNKNOWN_OUTCOME,
          "answer.of-another",
          "the answer was about a payment with another reference");

  private Answers() {}

  /** The payment after an answer to the send of an operation of it. */
  static Payment apply(Payment payment, Send send, Outcome answer, Instant now) {
    Operation operation = payment.operation(send.operation()).orElseThrow();
    Outcome outcome = isDoneAlready(answer, send) ? unknown(answer) : answer;
    if (Observer.isOfAnother(payment, outcome.snapshot())) {
      PaymentFacts odd = PaymentFacts.ofReference(outcome.snapshot().facts().reference());
      return apply(payment.observing(odd), send, new Outcome.Unknown(MIXED_UP), now);
    }
    Payment seen = payment.observing(outcome.snapshot().facts().withoutUnstamped());
    SendStep step =
        SameEffect.isShown(payment, operation, send, outcome.snapshot().facts())
            ? SendStep.SENT
            : stepOf(seen, operation, outcome);
    PaymentFacts sent = PaymentFacts.ofSend(operation.sendKey(send.number()), step);
    // A late answer says nothing of the send that has gone out since.
    boolean late =
        send.number() < operation.sends() && !(outcome instanceof Outcome.ActionRequired);
    return seen.with(late ? operation : told(operation, outcome, now))
        .observing(sent.join(declinedAttempt(payment, operation, outcome)));
  }

  /** "Done already" is no refusal: this or an earlier send of it may have done it. */
  private static boolean isDoneAlready(Outcome answer, Send send) {
    if (!(answer instanceof Outcome.NotSent notSent)) {
      return false;
    }
    ErrorCategory category = notSent.failure().category();
    boolean first = send.number() == 1;
    return category == ErrorCategory.DUPLICATE
        || category.retry() == ErrorCategory.Retry.LOOK_UP_FIRST && !first;
  }

  private static Outcome unknown(Outcome answer) {
    return new Outcome.Unknown(((Outcome.NotSent) answer).failure());
  }

  /** A decline of which the facts show no effect had none, whatever else the snapshot shows. */
  private static SendStep stepOf(Payment seen, Operation operation, Outcome outcome) {
    if (outcome instanceof Outcome.Unknown) {
      return SendStep.SENT;
    }
    boolean refusedOnly =
        outcome instanceof Outcome.Declined
            && !isAttempt(operation)
            && seen.status(operation) == OperationStatus.IN_DOUBT;
    return outcome instanceof Outcome.NotSent || refusedOnly
        ? SendStep.HAD_NONE
        : SendStep.HAD_EFFECT;
  }

  /** Whether it shows as an attempt of its own. */
  private static boolean isAttempt(Operation operation) {
    return operation.kind() == OperationKind.CHARGE || operation.kind() == OperationKind.SET_UP;
  }

  private static Operation told(Operation operation, Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.NotSent notSent) {
      return operation.failedWith(notSent.failure());
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      return operation.givenUp(unknown.failure(), now);
    }
    if (outcome instanceof Outcome.ActionRequired required) {
      return operation.asking(required.action());
    }
    if (outcome instanceof Outcome.Declined declined) {
      return operation.failedWith(failure(declined.decline()));
    }
    return operation;
  }

  private static Failure failure(Decline decline) {
    ErrorCategory category =
        decline.code().category() == ErrorCategory.FRAUD_BLOCKED
            ? ErrorCategory.FRAUD_BLOCKED
            : ErrorCategory.HARD_DECLINE;
    return Failure.of(category, decline.code().name(), "the provider declined");
  }

  /** A decline of which the provider recorded no attempt is an attempt all the same: ours. */
  private static PaymentFacts declinedAttempt(
      Payment payment, Operation operation, Outcome outcome) {
    boolean unrecorded =
        isAttempt(operation)
            && outcome instanceof Outcome.Declined
            && outcome.snapshot().facts().attempts().isEmpty()
            && payment.facts().attempts().values().stream()
                .noneMatch(a -> a.operation().isUnknown() || a.operation().has(operation.key()));
    if (!unrecorded) {
      return PaymentFacts.none();
    }
    Attempt attempt = Attempt.declined(((Outcome.Declined) outcome).decline());
    return Snapshot.builder()
        .attempt(operation.key(), attempt.causedBy(operation.key()))
        .build()
        .facts();
  }
}
