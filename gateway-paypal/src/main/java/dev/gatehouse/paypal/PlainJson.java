package dev.gatehouse.paypal;

/**
 * Whether JSON is fit for the SDK's reader, which calls itself for each level without a bound, and
 * takes comments and single quotes, too: here they are no JSON. Nor is a second value after the
 * first, nor anything but an object, so that what is one object here is one wherever it stands.
 */
final class PlainJson {
  private static final int MAX_DEPTH = 64;

  private PlainJson() {}

  static boolean isPlain(byte[] json) {
    int depth = 0;
    boolean inText = false;
    boolean over = false;
    for (int i = 0; i < json.length && depth <= MAX_DEPTH; i++) {
      if (inText) {
        if (json[i] == '\\') {
          i++;
        } else {
          inText = json[i] != '"';
        }
        continue;
      }
      boolean outside = depth == 0 && (over || json[i] != '{');
      if (outside && !isSpace(json[i])) {
        return false;
      }
      switch (json[i]) {
        case '"' -> inText = true;
        case '{', '[' -> depth++;
        case '}', ']' -> over = --depth == 0;
        case '\'', '/', '#', ';', '=' -> {
          return false;
        }
        default -> {
          // A number, a word, or white space.
        }
      }
    }
    return over;
  }

  private static boolean isSpace(byte one) {
    return one == ' ' || one == '\n' || one == '\r' || one == '\t';
  }
}
