package dev.gatehouse.facts;

/** What moved money, and so in which direction. */
public enum MovementKind {
  /** From the customer to us. */
  CAPTURE,
  /** From us back to the customer. */
  REFUND,
  /** Taken from us because the customer disputed the charge. */
  DISPUTE_WITHDRAWAL,
  /** Given back to us because a dispute was won. */
  DISPUTE_REINSTATEMENT
}
