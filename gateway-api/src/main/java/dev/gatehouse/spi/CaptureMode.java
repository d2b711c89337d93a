package dev.gatehouse.spi;

/** Whether a charge takes the money at once. */
public enum CaptureMode {
  /** A sale: authorised and captured in one. */
  AUTOMATIC,
  /** An authorisation: the money is held until it is captured or voided. */
  MANUAL
}
