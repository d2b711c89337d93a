package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Judgement.Standing;
import dev.gatehouse.testkit.conformance.Verdict;

/** What every report calls things. */
final class Told {
  private Told() {}

  static String of(Standing standing) {
    return switch (standing) {
      case PASSED -> "passed";
      case REFUSED_AS_DECLARED -> "refused as declared";
      case NOT_VERIFIED -> "not verified";
      case WAIVED -> "waived";
      case WARNED -> "warning";
      case FAILED -> "failed";
    };
  }

  static String of(Verdict verdict) {
    if (verdict instanceof Verdict.Passed) {
      return "passed";
    }
    if (verdict instanceof Verdict.Failed) {
      return "failed";
    }
    return verdict instanceof Verdict.RefusedAsDeclared ? "refused-as-declared" : "not-verified";
  }

  /** What was seen; empty text where there is nothing to say. */
  static String seen(Judgement judgement) {
    Verdict verdict = judgement.result().verdict();
    String seen = "";
    if (verdict instanceof Verdict.Failed failed) {
      seen = failed.message();
    } else if (verdict instanceof Verdict.RefusedAsDeclared refused) {
      seen = refused.seen();
    } else if (verdict instanceof Verdict.NotVerified unknown) {
      seen = unknown.reason();
    }
    if (!judgement.hasExpiredWaiver()) {
      return seen;
    }
    String expired = judgement.waiver().map(w -> "The waiver expired on " + w.until() + ".").get();
    return seen.isEmpty()
        ? expired + " The check passes: take the waiver away."
        : expired + " " + seen;
  }
}
