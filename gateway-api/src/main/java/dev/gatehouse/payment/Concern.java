package dev.gatehouse.payment;

import java.util.EnumSet;
import java.util.Set;

/** Why a person may want to look at a payment. Derived from facts and from our own calls. */
public enum Concern {
  /**
   * A call of ours may have had an effect that was not seen. One that is just being made does not
   * count: what is more, an answer got lost, or a look for it showed nothing. As long as there is
   * no more, it is {@link #UNANSWERED}.
   */
  IN_DOUBT(1),
  /**
   * A call of ours has not been answered: it is just being made, or whoever made it died. After the
   * grace of a call it is in doubt, be it that nobody is there to look for it.
   */
  UNANSWERED(16),
  /** A call of ours can't be brought to an end without a person. */
  LEFT_TO_PERSON(2),
  /**
   * The provider showed two values for something that can't change, and that matters, and no person
   * has settled it.
   */
  CONFLICT(4),
  /** The provider did something else than we asked for, and no person has settled it. */
  MISMATCH(8);

  private final long flag;

  Concern(long flag) {
    this.flag = flag;
  }

  /** A number of its own, a power of two; stores keep the sum of those that a payment gives. */
  public long flag() {
    return flag;
  }

  /** Every concern that a payment gives. */
  static Set<Concern> of(Payment payment) {
    Set<Concern> found = EnumSet.noneOf(Concern.class);
    Effects effects = payment.effects();
    for (Operation operation : payment.operations()) {
      if (effects.status(operation) == OperationStatus.IN_DOUBT) {
        found.add(wasHeardOf(payment, operation) ? IN_DOUBT : UNANSWERED);
      }
    }
    if (!payment.leftToPerson().isEmpty()) {
      found.add(LEFT_TO_PERSON);
    }
    if (payment.openConflicts().stream().anyMatch(OpenConflict::isGrave)) {
      found.add(CONFLICT);
    }
    if (!payment.openMismatches().isEmpty()) {
      found.add(MISMATCH);
    }
    return found;
  }

  /** Every call is in doubt while it is made, so that alone is no concern. */
  private static boolean wasHeardOf(Payment payment, Operation operation) {
    return operation.failure().isPresent()
        || operation.leftToPerson()
        || operation.sends() > 1
        || payment.quietPolls() > 0;
  }
}
