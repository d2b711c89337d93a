package dev.gatehouse.spi;

/** Who starts a charge; card networks want to know. */
public enum Initiator {
  /** The customer is present. */
  CUSTOMER,
  /** The merchant charges a stored method, as agreed before, while the customer is away. */
  MERCHANT
}
