package dev.gatehouse.spi;

/** Removes stored payment methods. Declared as {@link Capability#METHOD_REMOVAL}. */
public interface RemovesMethods {
  /**
   * Removes a stored method for good. One that is gone already, or was never there, is removed:
   * what is wanted is so. The snapshot of a success shows it as {@linkplain
   * dev.gatehouse.facts.Credential#removed removed}.
   */
  Outcome remove(RemoveRequest request);
}
