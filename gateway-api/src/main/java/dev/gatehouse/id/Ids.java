package dev.gatehouse.id;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.validation.Identifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class Ids {
  static final int MAX_LENGTH = 64;

  private Ids() {}

  static boolean isWellFormed(@Nullable String value) {
    if (value == null || value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
      if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
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
