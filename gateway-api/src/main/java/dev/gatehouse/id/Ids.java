package dev.gatehouse.id;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.validation.Identifier;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

final class Ids {
  static final int MAX_LENGTH = 64;
  private static final Pattern WELL_FORMED =
      Pattern.compile("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}");

  private Ids() {}

  static boolean isWellFormed(@Nullable String value) {
    return value != null && WELL_FORMED.matcher(value).matches();
  }

  static String checked(String field, @Nullable String value) {
    if (value == null || !isWellFormed(value)) {
      throw new InvalidInputException(
          new Problem(
              field,
              "identifier",
              "is not a well-formed id",
              "use 1 to " + MAX_LENGTH + " letters, digits, '.', '_' or '-'",
              Map.of("max", String.valueOf(MAX_LENGTH))));
    }
    if (Identifier.Rule.isCardNumber(value)) {
      throw new InvalidInputException(
          new Problem(field, "card-number", "looks like a card number", "use an id of your own"));
    }
    return value;
  }
}
