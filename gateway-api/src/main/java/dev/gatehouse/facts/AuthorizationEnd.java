package dev.gatehouse.facts;

/** How an authorisation ended. An authorisation that has not ended has none of these. */
public enum AuthorizationEnd {
  /** We, or the provider on our behalf, released it. */
  VOIDED,
  /** Its time ran out. */
  EXPIRED,
  /** Everything that may be captured was captured. */
  EXHAUSTED
}
