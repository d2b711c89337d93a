package dev.gatehouse.facts;

/** Whether real money moves. */
public enum Mode {
  /** Real money. */
  LIVE,
  /** The provider's test mode. */
  TEST
}
