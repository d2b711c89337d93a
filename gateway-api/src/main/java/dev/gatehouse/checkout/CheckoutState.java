package dev.gatehouse.checkout;

/** Where a checkout stands. */
public enum CheckoutState {
  /** Nothing was paid or tried yet. */
  OPEN,
  /** The customer must do something at the provider or the bank. */
  AWAITING_CUSTOMER,
  /** A payment is under way, or its outcome is not known yet. */
  PENDING,
  /** The money is held, and waits to be captured. */
  AUTHORIZED,
  /** The last payment failed; the customer may try again. */
  FAILED,
  /** Paid, or free. Terminal. */
  COMPLETED,
  /** Time ran out before it was paid. Terminal. */
  EXPIRED,
  /** Called off before it was paid. Terminal. */
  CANCELLED;

  /** Whether no command is accepted any more. Facts still count. */
  public boolean isTerminal() {
    return this == COMPLETED || this == EXPIRED || this == CANCELLED;
  }
}
