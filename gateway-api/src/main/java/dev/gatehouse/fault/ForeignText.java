package dev.gatehouse.fault;

import static dev.gatehouse.error.InvalidInputException.required;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.Map;

/** What somebody else's system writes: not every store keeps it, nor finds it again. */
public final class ForeignText {
  /** The most bytes of an id, in UTF-8; those of the providers that we know have up to 255. */
  public static final int LONGEST_ID = 1024;

  private ForeignText() {}

  /**
   * An id as it can be kept and looked for: not blank, without control characters and halves of
   * pairs, and not endless.
   *
   * @param field what a refusal names
   * @throws InvalidInputException if it is not such an id, which is not shown
   */
  public static String id(String field, String id) {
    required(field, id);
    if (id.isBlank() || !isKept(id) || id.getBytes(UTF_8).length > LONGEST_ID) {
      throw new InvalidInputException(
          new Problem(
              field,
              "foreign-id",
              "is no id that can be kept",
              "use 1 to " + LONGEST_ID + " bytes, none of them a control character",
              Map.of("max", String.valueOf(LONGEST_ID))));
    }
    return id;
  }

  /**
   * A text for people in one line, whatever is in it, and no more of it than so many characters.
   */
  public static String line(String text, int longest) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(character -> isKept(character) ? character : ' ')
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isKept(String id) {
    for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
      if (!isKept(id.codePointAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKept(int character) {
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.SURROGATE;
  }
}
