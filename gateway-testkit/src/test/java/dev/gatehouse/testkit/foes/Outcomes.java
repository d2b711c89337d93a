package dev.gatehouse.testkit.foes;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;

/** Words of foes. */
final class Outcomes {
  private Outcomes() {}

  static Outcome fine() {
    return new Outcome.Succeeded(Snapshot.empty());
  }

  static Outcome declined(DeclineCode code) {
    return new Outcome.Declined(Snapshot.empty(), Decline.of(code));
  }

  static Outcome notSent(ErrorCategory category, Failure failure) {
    return new Outcome.NotSent(Failure.of(category, failure.code(), failure.message()));
  }

  /** Whether nothing happened, because of this. */
  static boolean isNotSent(Outcome outcome, ErrorCategory category) {
    return outcome instanceof Outcome.NotSent not && not.failure().category() == category;
  }

  /** Whether nobody knows, because of this. */
  static boolean isUnknown(Outcome outcome, String code) {
    return outcome instanceof Outcome.Unknown unknown && unknown.failure().code().equals(code);
  }
}
