package dev.gatehouse.spi;

import dev.gatehouse.facts.Snapshot;

/**
 * Has no provider to ask: a person reports what happened, such as the arrival of a bank transfer.
 * Declared as {@link Capability#OPERATOR_REPORTS}.
 */
public interface TakesReports {
  /** What a person's report means, as facts. Pure. */
  Snapshot report(OperatorReport report);
}
