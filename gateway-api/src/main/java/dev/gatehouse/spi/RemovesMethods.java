package dev.gatehouse.spi;

/** Removes stored payment methods. Declared as {@link Capability#METHOD_REMOVAL}. */
public interface RemovesMethods {
  /**
   * Removes a stored method for good. One that is gone already, or was never there, is removed:
   * what is wanted is so. The snapshot of a success shows it as {@linkplain
   * dev.gatehouse.facts.Credential#removed removed}.
   *
   * <p>One that is stored in another account of the provider than this gateway's is not there
   * either, and goes on being stored. That is refused ({@link Outcome.NotSent}), before anything is
   * sent where the gateway can tell.
   */
  Outcome remove(RemoveRequest request);
}
