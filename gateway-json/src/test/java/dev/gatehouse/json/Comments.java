package dev.gatehouse.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the records of {@code gateway-api} say of themselves, for the schemas of events. */
final class Comments {
  private static final Path SOURCES = Path.of("../gateway-api/src/main/java");

  private Comments() {}

  /** What a record is, without its tags. */
  static String of(Class<?> record) {
    return found(record, "/\\*\\*\\s*(?:\\* )?(.*?)(?=\\n \\*\\s*\\n \\* @|\\n \\* @|\\s*\\*/)");
  }

  /** What a component of a record is. */
  static String ofComponent(Class<?> record, String component) {
    return found(record, "@param " + component + "\\s+(.*?)(?=\\n \\* @|\\n \\*/)");
  }

  private static String found(Class<?> record, String pattern) {
    Matcher comment = Pattern.compile(pattern, Pattern.DOTALL).matcher(source(record));
    if (!comment.find()) {
      throw new IllegalStateException("no comment like " + pattern + " in " + record);
    }
    return comment
        .group(1)
        .replaceAll("\\n \\*", " ")
        .replaceAll("\\{@\\w+ (?:[\\w.]+[.#])?([^}]*)}", "$1")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String source(Class<?> record) {
    try {
      return Files.readString(SOURCES.resolve(record.getName().replace('.', '/') + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
