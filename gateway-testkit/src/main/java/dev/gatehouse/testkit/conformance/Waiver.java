package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.error.InvalidInputException.required;

import java.time.LocalDate;

/**
 * A check that a gateway is let off for a while. Every report shows it.
 *
 * @param check the check's id
 * @param reason why the gateway can't keep the rule, for whoever reads the report
 * @param until the last day on which it holds, in UTC
 */
public record Waiver(String check, String reason, LocalDate until) {
  /** Refuses missing parts. */
  public Waiver {
    required("check", check);
    required("reason", reason);
    required("until", until);
  }

  boolean holdsOn(LocalDate day) {
    return !day.isAfter(until);
  }
}
