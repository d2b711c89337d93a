package dev.gatehouse.spi;

/** Takes money that was authorised before. Declared as {@link Capability#CAPTURE}. */
public interface CapturesPayments {
  /** Captures all or, if declared, a part of an authorisation. */
  Outcome capture(CaptureRequest request);
}
