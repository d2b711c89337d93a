package dev.gatehouse.testkit.conformance.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where in the code something was, for a gateway's author: without the JDK's part and the kit's.
 */
final class Frames {
  private static final int MOST = 6;
  private static final int MOST_CAUSES = 3;
  private static final String AT = "\n          at ";

  /** Of what was thrown, and of all that is said of it. */
  private static final int LONGEST = 4_000;

  private static final int LONGEST_IN_ALL = 4 * LONGEST;
  private static final List<String> NOT_THEIRS =
      List.of("java.", "javax.", "jdk.", "sun.", "dev.gatehouse.testkit.conformance.");

  private Frames() {}

  /** The latest calls of theirs, or of anybody's if none is. */
  static String of(StackTraceElement[] stack) {
    List<StackTraceElement> theirs =
        Arrays.stream(stack).filter(frame -> !isNotTheirs(frame.getClassName())).toList();
    Stream<StackTraceElement> told = theirs.isEmpty() ? Arrays.stream(stack) : theirs.stream();
    return told.limit(MOST).map(Frames::of).collect(Collectors.joining());
  }

  /** Whether the latest call that is told is one of this class. */
  static boolean isFirstOf(String className, String told) {
    int first = told.indexOf(AT);
    return first >= 0 && told.startsWith(className + ".", first + AT.length());
  }

  /** Without names of modules and class loaders, which are the kit's own affair. */
  private static String of(StackTraceElement frame) {
    return AT
        + frame.getClassName()
        + "."
        + frame.getMethodName()
        + (frame.getFileName() == null
            ? ""
            : "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")");
  }

  /** What was thrown, and where. */
  static String of(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    StringBuilder text =
        new StringBuilder("It threw " + cut(String.valueOf(cause), LONGEST))
            .append(of(cause.getStackTrace()));
    Throwable next = cause.getCause();
    for (int i = 0; i < MOST_CAUSES && next != null; i++, next = next.getCause()) {
      text.append("\n          caused by ")
          .append(cut(String.valueOf(next), LONGEST))
          .append(of(next.getStackTrace()));
    }
    return text.toString();
  }

  /** Answers that a report can hold; a gateway may say whatever it likes. */
  static List<String> cut(List<String> words) {
    return words.stream().map(word -> cut(word, LONGEST_IN_ALL)).toList();
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + " … (cut: " + text.length() + " characters)";
  }

  /** Their code in the thread that is ending the JVM, if one is; else empty text. */
  static String ofExit() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit")))
        .findFirst()
        .map(Frames::of)
        .orElse("");
  }

  private static boolean isNotTheirs(String className) {
    return NOT_THEIRS.stream().anyMatch(className::startsWith);
  }
}
