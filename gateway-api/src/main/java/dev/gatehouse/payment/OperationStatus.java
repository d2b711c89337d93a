package dev.gatehouse.payment;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import java.util.List;
import java.util.Optional;

/** What an operation of ours came to, derived from facts. */
public enum OperationStatus {
  /** Some send of it may have had an effect that we have not seen. */
  IN_DOUBT,
  /** Every send of it provably had no effect. */
  NO_EFFECT,
  /** The provider has it and is not done. */
  UNDER_WAY,
  /** It did what was asked. */
  SUCCEEDED,
  /** The provider tried and failed, or refused. */
  FAILED;

  /**
   * What the operation came to.
   *
   * @param movements those that it caused
   */
  static OperationStatus of(Operation operation, PaymentFacts facts, List<Movement> movements) {
    return switch (operation.kind()) {
      case CHARGE, SET_UP -> ofBeginning(operation, facts);
      case COMPLETE -> ofCompleted(operation, facts);
      case CAPTURE, REFUND -> ofMovements(movements).orElseGet(() -> bySends(operation, facts));
      case VOID -> ofVoid(operation, facts);
      case REMOVE -> isRemoved(operation, facts) ? SUCCEEDED : bySends(operation, facts);
    };
  }

  /** Whether nothing more can come of it. */
  public boolean isOver() {
    return this == SUCCEEDED || this == FAILED;
  }

  private static boolean isRemoved(Operation removal, PaymentFacts facts) {
    Credential method = facts.credentials().get(removal.target());
    return method != null && method.isRemoved();
  }

  /**
   * A payment has one charge or set-up, so an attempt that does not name its operation is of that.
   */
  private static OperationStatus ofBeginning(Operation charge, PaymentFacts facts) {
    boolean isTried = false;
    boolean allFailed = true;
    for (Attempt attempt : facts.attempts().values()) {
      boolean its = attempt.operation().isUnknown() || attempt.operation().has(charge.key());
      if (its && attempt.isCurrent()) {
        if (attempt.step().reached(AttemptStep.SUCCEEDED)) {
          return SUCCEEDED;
        }
        isTried = true;
        allFailed &= attempt.step().reached(AttemptStep.FAILED);
      }
    }
    if (!isTried) {
      return bySends(charge, facts);
    }
    return allFailed ? FAILED : UNDER_WAY;
  }

  private static OperationStatus ofCompleted(Operation operation, PaymentFacts facts) {
    Attempt target = facts.attempts().get(operation.target());
    if (target != null && target.step().reached(AttemptStep.SUCCEEDED)) {
      return SUCCEEDED;
    }
    if (target != null && target.step().reached(AttemptStep.FAILED)) {
      return FAILED;
    }
    boolean goesOn = target != null && target.step().reached(AttemptStep.PROCESSING);
    return goesOn ? UNDER_WAY : bySends(operation, facts);
  }

  /** A provider may try again by itself, in a movement of its own. */
  private static Optional<OperationStatus> ofMovements(List<Movement> movements) {
    if (movements.isEmpty()) {
      return Optional.empty();
    }
    if (movements.stream().anyMatch(m -> m.step().reached(MovementStep.DONE))) {
      return Optional.of(SUCCEEDED);
    }
    boolean allFailed = movements.stream().allMatch(m -> m.step().reached(MovementStep.NEVER));
    return Optional.of(allFailed ? FAILED : UNDER_WAY);
  }

  private static OperationStatus ofVoid(Operation operation, PaymentFacts facts) {
    Authorization target = facts.authorizations().get(operation.target());
    if (target == null || target.isAlive()) {
      return bySends(operation, facts);
    }
    return target.end().has(AuthorizationEnd.VOIDED) ? SUCCEEDED : FAILED;
  }

  private static OperationStatus bySends(Operation operation, PaymentFacts facts) {
    boolean allHadNone = true;
    for (int number = 1; number <= operation.sends(); number++) {
      Chain<SendStep> send =
          facts.sends().getOrDefault(operation.sendKey(number), Chain.at(SendStep.SAVED));
      if (send.reached(SendStep.HAD_EFFECT)) {
        return UNDER_WAY;
      }
      allHadNone &= send.reached(SendStep.HAD_NONE);
    }
    return allHadNone ? NO_EFFECT : IN_DOUBT;
  }
}
