package dev.gatehouse.testkit.paypal;

/** What the payer pays with, and so what comes of the money. */
public enum Funding {
  /** The PayPal balance: good at once. */
  BALANCE,
  /** A bank account, as an electronic cheque: pending for days. */
  ECHECK,
  /** Good, but PayPal reviews it first: pending. */
  REVIEWED,
  /** The bank refuses; the payer may choose another instrument and approve again. */
  DECLINED,
  /** The bank refuses, and PayPal says so in a capture that is declined. */
  DECLINED_IN_CAPTURE,
  /** The card behind the wallet has expired: a capture that is declined, with the bank's code. */
  EXPIRED,
  /** The payer must come back to PayPal, for instance to authenticate. */
  NEEDS_PAYER,
  /** Good while the payer is there; what is kept of it can't be charged without the payer. */
  NEEDS_PAYER_EACH_TIME,
  /** PayPal refuses to handle the payment. */
  REFUSED,
  /** The payer's account is restricted. */
  RESTRICTED
}
