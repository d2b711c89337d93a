package dev.gatehouse.validation;

import jakarta.validation.ConstraintValidatorContext;
import java.util.function.IntPredicate;

/** What the characters of a text tell, and how a rule refuses with another code than its own. */
final class Text {
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_LABEL = 63;
  private static final String MEANINGFUL_IN_MAIL_HEADERS = "<>()[],;:\"\\@";

  private Text() {}

  /** Adds a problem with that code in place of the rule's own; always {@code false}. */
  static boolean refuse(ConstraintValidatorContext context, String code) {
    context.disableDefaultConstraintViolation();
    context.buildConstraintViolationWithTemplate("{" + code + "}").addConstraintViolation();
    return false;
  }

  static boolean isIdentifier(String text, int max) {
    if (text.isEmpty() || text.length() > max) {
      return false;
    }
    for (int index = 0; index < text.length(); index++) {
      if (!isIdentifierCharacter(text.charAt(index))) {
        return false;
      }
    }
    return true;
  }

  static boolean isIdentifierCharacter(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "._:-".indexOf(character) >= 0;
  }

  static boolean belongsOnOneLine(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> !isDirectionOverride(codePoint);
    };
  }

  /** Whether a reader would see nothing at all. */
  static boolean isBlank(String text) {
    return allIn(text, codePoint -> !isVisible(codePoint));
  }

  /** Whether it holds for every code point; half of a pair counts as one. */
  static boolean allIn(CharSequence text, IntPredicate holds) {
    for (int index = 0; index < text.length(); ) {
      int codePoint = Character.codePointAt(text, index);
      if (!holds.test(codePoint)) {
        return false;
      }
      index += Character.charCount(codePoint);
    }
    return true;
  }

  static boolean isEmailAddress(String text) {
    int at = text.indexOf('@');
    return text.length() <= LONGEST_EMAIL
        && at >= 1
        && at <= LONGEST_LOCAL_PART
        && isMailText(text.substring(0, at))
        && isMailText(text.substring(at + 1))
        && isDomain(text.substring(at + 1));
  }

  private static boolean isMailText(String part) {
    return allIn(
        part,
        codePoint ->
            isVisible(codePoint)
                && belongsOnOneLine(codePoint)
                && MEANINGFUL_IN_MAIL_HEADERS.indexOf(codePoint) < 0);
  }

  private static boolean isDomain(String domain) {
    int start = 0;
    while (start <= domain.length()) {
      int dot = domain.indexOf('.', start);
      int end = dot < 0 ? domain.length() : dot;
      if (end == start
          || end - start > LONGEST_LABEL
          || domain.charAt(start) == '-'
          || domain.charAt(end - 1) == '-') {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean isDirectionOverride(int codePoint) {
    return codePoint == 0x202D || codePoint == 0x202E;
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
