package dev.gatehouse.spi;

/** Releases authorised money. Declared as {@link Capability#VOID}. */
public interface VoidsPayments {
  /** Releases what is left of an authorisation. */
  Outcome voidAuthorization(VoidRequest request);
}
