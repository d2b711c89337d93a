package dev.gatehouse.membership;

/** What can happen to a membership. */
public enum MembershipTrigger {
  /** Its checkout was completed. */
  PAID,
  /** Its checkout expired or was cancelled. */
  CHECKOUT_LOST,
  /** The command to end it. */
  CANCEL
}
