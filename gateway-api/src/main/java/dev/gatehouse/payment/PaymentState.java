package dev.gatehouse.payment;

/** Where a payment stands, derived from its facts and from what we asked for. */
public enum PaymentState {
  /** A charge is saved, and what became of it is not known (yet). */
  IN_DOUBT,
  /** The provider, the bank or we are working on it. */
  PENDING,
  /** The customer must do something. */
  ACTION_REQUIRED,
  /** The money is held. */
  AUTHORIZED,
  /** A part of the held money is taken, the rest is still held. */
  PARTLY_CAPTURED,
  /** The money is taken. */
  CAPTURED,
  /** A part of the taken money went back. */
  PARTLY_REFUNDED,
  /** All of the taken money was refunded. */
  REFUNDED,
  /** The taken money was taken back by the bank: the capture itself was undone. */
  REVERSED,
  /** The held money was released. */
  VOIDED,
  /** The hold ran out. */
  EXPIRED,
  /** Declined, or provably never sent. */
  FAILED,
  /** What moves no money is done: the payment method is stored, or removed. */
  DONE
}
