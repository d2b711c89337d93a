package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.simulator.FaultKind;
import dev.gatehouse.testkit.simulator.Report;
import dev.gatehouse.testkit.simulator.Simulation;
import dev.gatehouse.testkit.simulator.SimulationOptions;
import dev.gatehouse.testkit.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of one seed, as a worker tells it.
 *
 * @param steps how many steps were taken
 * @param payments how many payments there were in the end
 * @param violation the invariant that did not hold, its subject and how; empty if all held
 * @param story what led to that
 * @param fired how often each fault fired, by its name; those that did
 */
record SeedAnswer(
    int steps, int payments, Optional<String> violation, String story, Map<String, Integer> fired) {
  private static final String KIND = "seed";
  private static final int FIXED = 5;

  /** Runs a seed. */
  static List<String> run(SimulationOptions options, long seed) {
    return words(Simulation.run(seed, options));
  }

  /** Runs a seed that is known to violate an invariant, and makes it short. */
  static List<String> shrink(SimulationOptions options, long seed) {
    Report failed = Simulation.run(seed, options);
    return words(
        failed.violation().isEmpty()
            ? failed
            : Simulator.seeds(seed, 1).with(options).shrink(failed).report());
  }

  private static List<String> words(Report report) {
    List<String> words =
        new ArrayList<>(
            List.of(
                KIND,
                String.valueOf(report.steps()),
                String.valueOf(report.payments()),
                report.violation().map(String::valueOf).orElse(""),
                report.violation().isPresent() ? report.tell() : ""));
    for (Map.Entry<FaultKind, Integer> fault : report.fired().entrySet()) {
      if (fault.getValue() > 0) {
        words.addAll(List.of(fault.getKey().name(), String.valueOf(fault.getValue())));
      }
    }
    return words;
  }

  /** The answer in these words; empty if they are none. */
  static Optional<SeedAnswer> of(List<String> words) {
    if (!words.get(0).equals(KIND)) {
      return Optional.empty();
    }
    Map<String, Integer> fired = new TreeMap<>();
    for (int i = FIXED; i + 1 < words.size(); i += 2) {
      fired.put(words.get(i), Integer.valueOf(words.get(i + 1)));
    }
    return Optional.of(
        new SeedAnswer(
            Integer.parseInt(words.get(1)),
            Integer.parseInt(words.get(2)),
            Optional.of(words.get(3)).filter(told -> !told.isEmpty()),
            words.get(4),
            fired));
  }
}
