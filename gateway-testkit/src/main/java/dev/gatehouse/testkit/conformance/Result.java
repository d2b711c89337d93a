package dev.gatehouse.testkit.conformance;

import java.time.Duration;

/**
 * What one check came to with one gateway.
 *
 * @param check the check
 * @param verdict what it came to
 * @param took how long it took
 */
public record Result(Check check, Verdict verdict, Duration took) {
  /** Whether it keeps the gateway from being fit. */
  public boolean isFatal() {
    return check.level() == Level.MUST && verdict instanceof Verdict.Failed;
  }

  /** What failed and what to do, in a few lines; empty if nothing did. */
  public String explanation() {
    return verdict instanceof Verdict.Failed failed
        ? String.join(
            "\n",
            check.id() + " (" + check.level() + "): " + check.rule(),
            "  seen:   " + failed.message(),
            "  why:    " + check.why(),
            "  remedy: " + check.remedy())
        : "";
  }
}
