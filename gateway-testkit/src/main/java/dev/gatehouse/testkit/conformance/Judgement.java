package dev.gatehouse.testkit.conformance;

import java.util.Optional;

/**
 * A result in the light of what the gateway is let off, as reports show it.
 *
 * @param result what the check came to
 * @param waiver the waiver of the check, whether it still holds or not
 * @param standing what both come to
 */
public record Judgement(Result result, Optional<Waiver> waiver, Standing standing) {
  /** What a result comes to, from good to bad. */
  public enum Standing {
    /** It holds. */
    PASSED,
    /** It is not declared, and was refused. */
    REFUSED_AS_DECLARED,
    /** Nobody knows. */
    NOT_VERIFIED,
    /** It does not hold, or nobody knows; the gateway is let off for now. */
    WAIVED,
    /** A SHOULD that does not hold: told, and let pass. */
    WARNED,
    /** A MUST that does not hold, or a waiver that expired: the gateway is not fit. */
    FAILED
  }

  /** Whether it keeps the gateway from being fit. */
  public boolean isFatal() {
    return standing == Standing.FAILED;
  }

  /** Whether its waiver has expired. */
  public boolean hasExpiredWaiver() {
    return waiver.isPresent() && standing == Standing.FAILED;
  }

  /** What is wrong, why, and what to do, in a few lines; empty if nothing is. */
  public String explanation() {
    return (hasExpiredWaiver() ? expiry() + "\n" : "") + result.explanation();
  }

  private String expiry() {
    String text = waiver.map(w -> "The waiver of " + w.check() + " expired on " + w.until()).get();
    return result.verdict() instanceof Verdict.Failed
        ? text + "."
        : text + ": take it away, or give it another day.";
  }
}
