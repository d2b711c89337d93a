package dev.gatehouse.spi;

/** Gives money back. Declared as {@link Capability#REFUND}. */
public interface RefundsPayments {
  /** Refunds all or, if declared, a part of a capture. */
  Outcome refund(RefundRequest request);
}
