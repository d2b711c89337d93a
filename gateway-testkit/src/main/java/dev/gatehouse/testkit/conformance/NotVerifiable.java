package dev.gatehouse.testkit.conformance;

/** A target can't bring about what a check needs. */
final class NotVerifiable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotVerifiable(String reason) {
    super(reason, null, false, false);
  }
}
