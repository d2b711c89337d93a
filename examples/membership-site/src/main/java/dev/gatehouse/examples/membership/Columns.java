package dev.gatehouse.examples.membership;

/**
 * How many columns of a terminal a text takes. Terminals disagree about rare sequences; this counts
 * what most do: two for East Asian wide characters and emoji, none for marks that stand on others.
 */
final class Columns {
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** First and last code points of wide ranges (Unicode's East Asian Width W and F, and emoji). */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x231A, 0x231B},
    {0x23E9, 0x23EC},
    {0x25FD, 0x25FE},
    {0x2614, 0x2615},
    {0x2648, 0x2653},
    {0x26A1, 0x26A1},
    {0x26BD, 0x26BE},
    {0x2705, 0x2705},
    {0x2728, 0x2728},
    {0x2753, 0x2755},
    {0x2795, 0x2797},
    {0x2B50, 0x2B50},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F004, 0x1F004},
    {0x1F18E, 0x1F19A},
    {0x1F200, 0x1F320},
    {0x1F32D, 0x1F3F0},
    {0x1F3F8, 0x1F64F},
    {0x1F680, 0x1F6FC},
    {0x1F7E0, 0x1F7EB},
    {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  private Columns() {}

  /** The width of a text. */
  static int of(String text) {
    int columns = 0;
    int before = 0;
    for (int codePoint : text.codePoints().toArray()) {
      columns += before == ZERO_WIDTH_JOINER ? 0 : of(codePoint);
      before = codePoint;
    }
    return columns;
  }

  /** The text with spaces after it, up to a width; shortened if it is too wide. */
  static String padded(String text, int width) {
    String fitting = shortened(text, width);
    return isolated(fitting) + " ".repeat(width - of(fitting));
  }

  private static String shortened(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    for (int codePoint : text.codePoints().toArray()) {
      if (of(kept.toString()) + of(codePoint) > width - 1) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.append('…').toString();
  }

  /**
   * Text that runs from right to left must not carry the columns after it along (Unicode UAX #9).
   */
  static String isolated(String text) {
    boolean rightToLeft =
        text.codePoints()
            .map(Character::getDirectionality)
            .anyMatch(
                direction ->
                    direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    return rightToLeft ? "\u2068" + text + "\u2069" : text;
  }

  private static int of(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT:
        return 0;
      default:
        break;
    }
    boolean skinTone = codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
    return skinTone ? 0 : isWide(codePoint) ? 2 : 1;
  }

  private static boolean isWide(int codePoint) {
    for (int[] range : WIDE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
