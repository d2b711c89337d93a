package dev.gatehouse.http;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The few checks of arguments that every type here shares. */
final class Inputs {
  private Inputs() {}

  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidInputException(missing(field));
    }
    return value;
  }

  static Problem missing(String field) {
    return new Problem(field, "http.missing", "it is missing", "give a value, not null");
  }

  static boolean isUsableTime(@Nullable Duration time) {
    return time != null
        && !time.isNegative()
        && !time.isZero()
        && time.compareTo(HttpOptions.MAX_TIME) <= 0;
  }

  static Duration timeLimit(@Nullable Duration limit) {
    if (limit == null || !isUsableTime(limit)) {
      throw new InvalidInputException(
          new Problem(
              "limit",
              "http.time-range",
              "the time limit is missing or out of range",
              "give a time greater than zero and at most " + HttpOptions.MAX_TIME));
    }
    return limit;
  }

  /** The text in one line, whatever an attacker put into it, and not endless. */
  static String printable(String text) {
    String line = text.replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }
}
