package dev.gatehouse.testkit.simulator;

/** A call of a gateway, which may need several requests. */
public enum GatewayCall {
  /** Takes or holds money. */
  CHARGE,
  /** Goes on after the customer's action. */
  COMPLETE,
  /** Takes held money. */
  CAPTURE,
  /** Releases held money. */
  VOID,
  /** Gives money back. */
  REFUND,
  /** Finds out what the provider knows. */
  LOOKUP,
  /** Asks what changed. */
  CHANGES,
  /** Reads a notice. */
  WEBHOOK;

  /** Whether it is an operation: it can move money. */
  public boolean isOperation() {
    return ordinal() <= REFUND.ordinal();
  }
}
