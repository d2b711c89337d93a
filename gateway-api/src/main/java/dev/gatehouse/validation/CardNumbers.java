package dev.gatehouse.validation;

/**
 * Finds payment card numbers in text: 13 to 19 digits (ISO/IEC 7812) that pass the Luhn check.
 *
 * <p>Digits may stand in groups. Each sequence of whole groups is tried, so that a number is found
 * next to an expiry date or a house number; parts of one unbroken run of digits are not, for almost
 * every long run has a part that passes by chance. Time is linear in the length of the text.
 */
final class CardNumbers {
  /** The code of the problem. */
  static final String CODE = "card-number";

  private static final int SHORTEST = 13;
  private static final int LONGEST = 19;
  private static final int MOST_SEPARATORS_BETWEEN_GROUPS = 3;
  private static final char SEPARATOR = ' ';
  private static final char OTHER = 'x';
  private static final int MINUS = 0x2212;

  private CardNumbers() {}

  /** Whether the text as a whole, separators aside, is a card number. */
  static boolean isOne(String text) {
    if (text.length() < SHORTEST) {
      return false;
    }
    StringBuilder digits = new StringBuilder(LONGEST);
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (isDigit(text, index)) {
        digits.append(character);
      } else if ("._:-".indexOf(character) < 0) {
        return false;
      }
    }
    return digits.length() >= SHORTEST && digits.length() <= LONGEST && passesLuhn(digits);
  }

  /** Whether a card number stands anywhere in the text. */
  static boolean anyIn(CharSequence text) {
    return hasEnoughDigits(text) && anyInPlain(plain(text));
  }

  private static boolean hasEnoughDigits(CharSequence text) {
    int digits = 0;
    for (int index = 0; index < text.length() && digits < SHORTEST; ) {
      int codePoint = Character.codePointAt(text, index);
      digits += Character.digit(codePoint, 10) >= 0 ? 1 : 0;
      index += Character.charCount(codePoint);
    }
    return digits == SHORTEST;
  }

  private static boolean anyInPlain(String plain) {
    for (int start = 0; start < plain.length(); start++) {
      boolean groupStarts = isDigit(plain, start) && (start == 0 || !isDigit(plain, start - 1));
      if (groupStarts && startsAt(plain, start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(String plain, int start) {
    StringBuilder digits = new StringBuilder(LONGEST);
    int separators = 0;
    for (int index = start; index < plain.length(); index++) {
      if (isDigit(plain, index)) {
        digits.append(plain.charAt(index));
        separators = 0;
      } else if (plain.charAt(index) == SEPARATOR) {
        separators++;
      }
      if (plain.charAt(index) == OTHER
          || separators > MOST_SEPARATORS_BETWEEN_GROUPS
          || digits.length() > LONGEST) {
        return false;
      }
      boolean groupEnds = isDigit(plain, index) && !isDigit(plain, index + 1);
      if (groupEnds && digits.length() >= SHORTEST && passesLuhn(digits)) {
        return true;
      }
    }
    return false;
  }

  /** The text with its digits in ASCII, and one character each for a separator and for the rest. */
  private static String plain(CharSequence text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              int digit = Character.digit(codePoint, 10);
              plain.append(
                  digit >= 0 ? (char) ('0' + digit) : isSeparator(codePoint) ? SEPARATOR : OTHER);
            });
    return plain.toString();
  }

  private static boolean isDigit(String plain, int index) {
    return index < plain.length() && plain.charAt(index) >= '0' && plain.charAt(index) <= '9';
  }

  private static boolean isSeparator(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR, Character.DASH_PUNCTUATION, Character.FORMAT -> true;
      default -> codePoint == MINUS || codePoint == '.' || codePoint == '_' || codePoint == '\t';
    };
  }

  private static boolean passesLuhn(CharSequence digits) {
    int sum = 0;
    for (int place = 0; place < digits.length(); place++) {
      int digit = digits.charAt(digits.length() - 1 - place) - '0';
      int weighted = place % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
