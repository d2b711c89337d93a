package dev.gatehouse.spi;

import java.net.URI;
import java.util.Optional;

/** Knows where people look at a payment. Declared as {@link Capability#DASHBOARD_LINKS}. */
public interface LinksToDashboard {
  /** The page of this payment in the provider's console; empty when the trace does not suffice. */
  Optional<URI> paymentPage(Trace trace);
}
