package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;

/** What was seen, in words for a gateway's author. */
final class Words {
  private static final int FRAMES = 6;

  private Words() {}

  /** What a check ended with. */
  static String of(Throwable thrown) {
    if (thrown instanceof AssertionError) {
      return String.valueOf(thrown.getMessage()).strip();
    }
    StringBuilder text = new StringBuilder("It threw " + thrown);
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      text.append("\n          at ").append(frames[i]);
    }
    return text.toString();
  }

  /** Lets through what nobody can report in this JVM. */
  static void rethrowIfDying(Throwable thrown) {
    if (thrown instanceof VirtualMachineError dying && !(thrown instanceof StackOverflowError)) {
      throw dying;
    }
  }

  static String of(Outcome outcome) {
    if (outcome instanceof Outcome.Declined declined) {
      return "Declined(" + declined.decline().code() + ")";
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      return "Unknown(" + unknown.failure().category() + ", " + unknown.failure().code() + ")";
    }
    if (outcome instanceof Outcome.NotSent notSent) {
      return "NotSent(" + notSent.failure().category() + ", " + notSent.failure().code() + ")";
    }
    return outcome.getClass().getSimpleName();
  }

  static String of(Lookup lookup) {
    if (lookup instanceof Lookup.CannotTell unsure) {
      return "CannotTell(" + unsure.failure().category() + ", " + unsure.failure().code() + ")";
    }
    return lookup.getClass().getSimpleName();
  }
}
