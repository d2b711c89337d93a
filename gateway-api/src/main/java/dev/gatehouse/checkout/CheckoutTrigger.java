package dev.gatehouse.checkout;

/** What can happen to a checkout: commands, its alarm, and what its payments show. */
public enum CheckoutTrigger {
  /** The command to start a payment. */
  PAY,
  /** The command to complete a checkout that costs nothing. */
  PAY_NOTHING,
  /** The command to call it off. */
  CANCEL,
  /** The alarm: its time is over. */
  EXPIRE,
  /** A payment waits for the customer. */
  SEEN_ACTION_NEEDED,
  /** A payment is under way or in doubt. */
  SEEN_PROCESSING,
  /** A payment holds the money. */
  SEEN_HELD,
  /** Every payment failed, was voided or expired. */
  SEEN_FAILED,
  /** A payment is paid. */
  SEEN_PAID
}
