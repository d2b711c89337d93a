package dev.gatehouse.payment;

/**
 * What a record of {@link Payment} is about. Storing and removing a payment method are kept as
 * payments of nothing: they have to survive the same crashes, lost answers and repeated notices.
 */
public enum Purpose {
  /** Money. */
  PAYMENT,
  /** Storing a payment method without a charge. */
  SET_UP,
  /** Removing a stored payment method. */
  REMOVAL
}
