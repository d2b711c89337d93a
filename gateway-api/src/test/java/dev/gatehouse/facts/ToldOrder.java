package dev.gatehouse.facts;

import java.util.List;
import java.util.Optional;

/**
 * In which order events make sense to whoever hears them, whatever the order in which they were
 * learnt: nothing is told before what it rests on. Written down apart from the code under test.
 */
final class ToldOrder {
  /** What comes first, and what must not come before it. */
  private static final List<List<String>> RULES =
      List.of(
          List.of("failed", "captured"),
          List.of("authorized", "captured"),
          List.of("authorized", "hold-ended"),
          List.of("captured", "refunded"),
          List.of("captured", "unrefunded"),
          List.of("captured", "disputed"),
          List.of("captured", "withdrawn"),
          List.of("refunded", "unrefunded"),
          List.of("disputed", "withdrawn"),
          List.of("withdrawn", "reinstated"));

  private ToldOrder() {}

  /** What is wrong with the order of events that are told at once; empty when nothing is. */
  static Optional<String> faultIn(List<String> keys) {
    List<String> kinds = keys.stream().map(key -> key.split(":", 2)[0]).toList();
    for (List<String> rule : RULES) {
      int first = kinds.indexOf(rule.get(1));
      if (first >= 0 && kinds.lastIndexOf(rule.get(0)) > first) {
        return Optional.of(rule.get(1) + " is told before " + rule.get(0) + ": " + keys);
      }
    }
    return Optional.empty();
  }
}
