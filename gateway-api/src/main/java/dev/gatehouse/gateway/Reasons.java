package dev.gatehouse.gateway;

import java.util.ServiceConfigurationError;

/** Says what a failure was without quoting a message that might hold a secret. */
final class Reasons {
  private Reasons() {}

  /** The words of a loading error, which hold class names and file names only. */
  static String of(Throwable failure) {
    boolean safe = failure instanceof ServiceConfigurationError || failure instanceof LinkageError;
    return safe && failure.getMessage() != null
        ? failure.getMessage()
        : failure.getClass().getName();
  }
}
