package dev.gatehouse.facts;

/** The lists of a {@link Snapshot} that may be complete. */
public enum FactList {
  /** Every attempt that the provider knows. */
  ATTEMPTS,
  /** Every authorisation that the provider knows. */
  AUTHORIZATIONS,
  /** Every capture that the provider knows. */
  CAPTURES,
  /** Every refund that the provider knows. */
  REFUNDS
}
