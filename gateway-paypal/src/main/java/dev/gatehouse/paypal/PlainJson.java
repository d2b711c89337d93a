package dev.gatehouse.paypal;

/**
 * Whether JSON is fit for the SDK's reader, which calls itself for each level without a bound, and
 * takes comments and single quotes, too: here they are no JSON.
 */
final class PlainJson {
  private static final int MAX_DEPTH = 64;

  private PlainJson() {}

  static boolean isPlain(byte[] json) {
    int depth = 0;
    boolean inText = false;
    for (int i = 0; i < json.length && depth <= MAX_DEPTH; i++) {
      if (inText) {
        if (json[i] == '\\') {
          i++;
        } else {
          inText = json[i] != '"';
        }
        continue;
      }
      switch (json[i]) {
        case '"' -> inText = true;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '\'', '/', '#', ';', '=' -> {
          return false;
        }
        default -> {
          // A number, a word, or white space.
        }
      }
    }
    return depth == 0 && !inText;
  }
}
