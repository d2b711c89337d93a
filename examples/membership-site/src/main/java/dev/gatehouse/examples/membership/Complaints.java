package dev.gatehouse.examples.membership;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with the input files, told all at once. Not thread-safe. */
final class Complaints {
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Adds one.
   *
   * @param place such as {@code signups.json:12: signups[3].email}
   */
  void add(String place, String code, String message, String remedy) {
    problems.add(new Problem(harmless(place), code, harmless(message), remedy));
  }

  /** Adds what a part of Gatehouse complains about, at a place of the file. */
  void add(String place, Problem problem) {
    add(place, problem.code(), problem.message(), problem.remedy());
  }

  /** What a file holds must not steer the terminal that shows it. */
  private static String harmless(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Throws everything that was added, if anything was. */
  void demandNone() {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }
}
