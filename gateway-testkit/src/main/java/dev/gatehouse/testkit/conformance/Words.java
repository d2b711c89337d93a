package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;

/** What was seen, in words for a gateway's author. */
final class Words {
  private static final String KIT = Words.class.getPackageName() + ".";

  /** Where it was thrown. */
  private static final int FIRST = 3;

  /** Where the gateway was called. */
  private static final int LAST = 5;

  /** A gateway may throw whatever it likes, and reports are kept. */
  private static final int LONGEST = 4_000;

  private static final int MOST_CAUSES = 3;

  private Words() {}

  /** What a check ended with. */
  static String of(Throwable thrown) {
    if (thrown instanceof AssertionError) {
      return cut(String.valueOf(thrown.getMessage()).strip());
    }
    StringBuilder text = new StringBuilder("It threw ");
    tell(thrown, text);
    Throwable cause = thrown.getCause();
    for (int i = 0; i < MOST_CAUSES && cause != null; i++, cause = cause.getCause()) {
      tell(cause, text.append("\n          caused by "));
    }
    return text.toString();
  }

  private static void tell(Throwable thrown, StringBuilder text) {
    text.append(cut(thrown.toString()));
    StackTraceElement[] frames = thrown.getStackTrace();
    int end = endOf(frames);
    for (int i = 0; i < end; i++) {
      if (i < FIRST || i >= end - LAST) {
        text.append("\n          at ").append(place(frames[i]));
      } else if (i == FIRST) {
        text.append("\n          ...");
      }
    }
  }

  /** Without the names of modules and class loaders, which are the kit's own affair. */
  private static String place(StackTraceElement frame) {
    String whole = frame.toString();
    return whole.substring(whole.indexOf(frame.getClassName() + "."));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + " … (cut: " + text.length() + " characters)";
  }

  /** What called the kit tells nobody anything; its network is called by the gateway. */
  private static int endOf(StackTraceElement[] frames) {
    for (int i = 0; i < frames.length; i++) {
      String type = frames[i].getClassName();
      if (type.startsWith(KIT) && !type.startsWith(Network.class.getName())) {
        return i + 1;
      }
    }
    return frames.length;
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
