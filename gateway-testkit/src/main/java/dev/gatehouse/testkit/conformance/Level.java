package dev.gatehouse.testkit.conformance;

/** How much a check weighs. */
public enum Level {
  /** Money, data or the application is at risk: a gateway that fails it is not fit. */
  MUST,
  /** Operators or customers notice; the report shows it, and the exit code does not. */
  SHOULD
}
