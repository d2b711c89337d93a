package dev.gatehouse.fault;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What may come out of somebody else's code: anything, declared or not. */
public final class Faults {
  private static final int FRAMES = 5;
  private static final int CAUSES = 3;

  private Faults() {}

  /**
   * Lets only those errors through of which nobody in this JVM can make an outcome, such as the end
   * of memory. A stack that overflowed is free again when it is caught. An interrupt that came out
   * undeclared is kept.
   */
  public static void rethrowIfTheMachineIsDying(Throwable thrown) {
    if (thrown instanceof VirtualMachineError dying && !(thrown instanceof StackOverflowError)) {
      throw dying;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What was thrown, for a log: its class, where it came from, and the same of its causes. Its
   * message is left out, because it may hold a secret or personal data.
   */
  public static String describe(Throwable thrown) {
    try {
      StringBuilder text = new StringBuilder(one(thrown));
      Throwable cause = thrown.getCause();
      for (int depth = 1; cause != null && depth <= CAUSES; depth++) {
        text.append("; caused by ").append(one(cause));
        cause = cause.getCause();
      }
      return text.toString();
    } catch (Throwable e) {
      // What was thrown may override what is asked of it here, and break again.
      rethrowIfTheMachineIsDying(e);
      return thrown.getClass().getName();
    }
  }

  private static String one(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(FRAMES)
        .map(Faults::place)
        .collect(Collectors.joining(" < ", thrown.getClass().getName() + " at ", ""));
  }

  private static String place(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
  }
}
