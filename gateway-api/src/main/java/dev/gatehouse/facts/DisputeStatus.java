package dev.gatehouse.facts;

/** Where a dispute stands. It may go back and forth. */
public enum DisputeStatus {
  /** The customer's bank asks; no money was taken yet. */
  INQUIRY,
  /** We may answer with evidence. */
  NEEDS_RESPONSE,
  /** The bank decides. */
  UNDER_REVIEW,
  /** Decided for us. */
  WON,
  /** Decided against us, or accepted. */
  LOST
}
