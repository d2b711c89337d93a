package dev.gatehouse.testkit.conformance.cli;

import java.util.List;

/** What became of a question to a worker. */
sealed interface Answer {
  /**
   * It answered.
   *
   * @param words the kind of answer, and what belongs to it
   */
  record Said(List<String> words) implements Answer {
    String kind() {
      return words.get(0);
    }
  }

  /**
   * It did not: its JVM ended, or was ended after too long a time.
   *
   * @param how what happened, as a sentence, and where as far as known
   */
  record Lost(String how) implements Answer {}
}
