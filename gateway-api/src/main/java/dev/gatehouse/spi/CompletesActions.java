package dev.gatehouse.spi;

/**
 * Goes on with a charge after the customer did their part. Declared as {@link
 * Capability#COMPLETION}; a provider that goes on by itself needs no more than {@link
 * Capability#CUSTOMER_ACTION}.
 */
public interface CompletesActions {
  /**
   * Goes on with an attempt that is {@link dev.gatehouse.facts.AttemptStep#APPROVED}. The engine
   * calls it when a lookup shows that step, whether or not the customer came back. What the address
   * of the return says is no evidence.
   */
  Outcome complete(CompleteRequest request);
}
