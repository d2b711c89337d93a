package dev.gatehouse.membership;

/** Where a membership stands. */
public enum MembershipState {
  /** Its checkout is not paid yet. */
  PENDING,
  /** Paid for. */
  ACTIVE,
  /** Ended, or never begun. Terminal. */
  CANCELLED
}
