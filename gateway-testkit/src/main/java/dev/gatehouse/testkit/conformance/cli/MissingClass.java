package dev.gatehouse.testkit.conformance.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what to do where a class was not found: what the JVM says of it names no library. */
final class MissingClass {
  /** A class that is there and could not be initialised is told in words, and is none of these. */
  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "java\\.lang\\.(?:NoClassDefFoundError|ClassNotFoundException): ([\\w/.$]+)(?=\n|;|$)");

  private MissingClass() {}

  /** What was seen, with that before it if a class was missing. */
  static String explained(String seen) {
    Matcher found = NOT_FOUND.matcher(seen);
    return found.find()
        ? "The class "
            + found.group(1).replace('/', '.')
            + " is in no JAR that was dropped, nor in the framework: name the JAR that has it with"
            + " --jar, too, or the folder with all that the gateway brings.\n          "
            + seen
        : seen;
  }
}
