package dev.gatehouse.facts;

/** What the card network advises after a decline. It overrules what the code alone would allow. */
public enum DeclineAdvice {
  /** The network gave none. */
  NONE,
  /** The same payment may be tried again later. */
  TRY_AGAIN_LATER,
  /** Try again only after the customer confirmed or corrected the data. */
  CONFIRM_DATA,
  /** Never try this payment method again. */
  DO_NOT_TRY_AGAIN
}
