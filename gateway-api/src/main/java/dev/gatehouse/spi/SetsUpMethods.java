package dev.gatehouse.spi;

/**
 * Stores payment methods without a charge. Declared as {@link Capability#METHOD_SETUP}.
 *
 * <p>A set-up is told as a payment is, only that no money moves: its snapshot shows an {@linkplain
 * dev.gatehouse.facts.Attempt attempt}, which waits for the customer, fails, or succeeds
 * {@linkplain dev.gatehouse.facts.Attempt#storing storing} a method. One that waits for us after
 * the customer's part is gone on with by {@link CompletesActions}, where that is declared.
 */
public interface SetsUpMethods {
  /**
   * Stores a method, or starts to. The request's reference must reach the provider, in a place
   * where {@link #lookupSetUp} finds it, and its idempotency key must go with every request that
   * this call sends.
   */
  Outcome setUp(SetUpRequest request);

  /** Finds out what the provider knows of a set-up. Executes nothing and changes nothing. */
  Lookup lookupSetUp(Trace trace);
}
