package dev.gatehouse.testkit.conformance.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the command line and its worker say to each other: words in a line, between tabs. */
final class Line {
  private Line() {}

  /** The words as one line, without its end. */
  static String of(List<String> words) {
    return words.stream().map(Line::escaped).collect(Collectors.joining("\t"));
  }

  /** The words of a line. */
  static List<String> words(String line) {
    return Stream.of(line.split("\t", -1)).map(Line::plain).toList();
  }

  private static String escaped(String word) {
    return word.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String plain(String part) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c != '\\' || i + 1 == part.length()) {
        word.append(c);
      } else {
        char escaped = part.charAt(++i);
        word.append(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> escaped;
            });
      }
    }
    return word.toString();
  }
}
