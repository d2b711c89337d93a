package dev.gatehouse.spi;

/** The calls that can move money. Each has an idempotency key and a declared recovery. */
public enum OperationKind {
  /** A sale or an authorisation. */
  CHARGE,
  /** Going on after the customer's action. */
  COMPLETE,
  /** Taking authorised money. */
  CAPTURE,
  /** Releasing authorised money. */
  VOID,
  /** Giving money back. */
  REFUND
}
