package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.validation.NoCardNumber;
import dev.gatehouse.validation.SingleLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What may be kept about a customer beside personal data. */
final class Metadata {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int LONGEST_VALUE = 1024;
  private static final int MOST = 50;

  private Metadata() {}

  /** Refuses what is malformed, or one piece too many; never shows it, for it may be anything. */
  static void demand(Map<String, String> kept, String key, String value) {
    required("key", key);
    required("value", value);
    List<Problem> problems = new ArrayList<>();
    if (!KEY.matcher(key).matches()) {
      problems.add(
          new Problem(
              "key",
              "metadata.key",
              "is not a well-formed key",
              "use 1 to 64 letters, digits, '.', '_' or '-'"));
    }
    if (value.length() > LONGEST_VALUE) {
      problems.add(
          new Problem(
              "value",
              "too-long",
              "is longer than " + LONGEST_VALUE + " characters",
              "keep it elsewhere, and its id here",
              Map.of("max", String.valueOf(LONGEST_VALUE))));
    } else if (!SingleLine.Rule.isOneLine(value)) {
      problems.add(
          new Problem(
              "value",
              "single-line",
              "has control characters or more than one line",
              "write it on one line"));
    }
    cardNumber("key", key, problems);
    cardNumber("value", value.substring(0, Math.min(value.length(), LONGEST_VALUE)), problems);
    if (kept.size() >= MOST && !kept.containsKey(key)) {
      problems.add(
          new Problem(
              "metadata",
              "metadata.too-many",
              "holds " + MOST + " entries already",
              "keep them together elsewhere, and an id of them here"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private static void cardNumber(String field, String text, List<Problem> problems) {
    if (NoCardNumber.Rule.isIn(text)) {
      problems.add(
          new Problem(
              field,
              "card-number",
              "looks like a card number",
              "never keep one; an id that only looks like one may be kept with a letter before it"));
    }
  }
}
