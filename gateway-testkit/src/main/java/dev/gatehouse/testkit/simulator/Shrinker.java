package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a failing run short: it leaves out steps, then faults, first many at once and then fewer,
 * as long as the same invariant is violated. Each trial is a whole run of the seed.
 */
final class Shrinker {
  private final Invariant violated;
  private Report report;
  private SimulationOptions options;

  private Shrinker(Report failed, SimulationOptions options) {
    this.violated =
        failed
            .violation()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        new Problem(
                            "failed",
                            "simulator.no-violation",
                            "violates no invariant",
                            "give the report of a seed that does")))
            .invariant();
    this.report = failed;
    this.options = options;
  }

  static Simulator.Shrunk shrink(Report failed, SimulationOptions options) {
    Shrinker shrinker = new Shrinker(failed, options);
    shrinker.leaveOutSteps();
    shrinker.leaveOutFaults();
    return new Simulator.Shrunk(shrinker.report, shrinker.options);
  }

  private void leaveOutSteps() {
    int steps = Math.min(report.steps(), options.steps()) / 2;
    while (steps >= 1 && stillFails(options.withSteps(steps))) {
      steps /= 2;
    }
  }

  private void leaveOutFaults() {
    for (int size = report.turns(); size >= 1; size /= 2) {
      List<Integer> left = turnsLeft();
      for (int from = 0; from < left.size(); from += size) {
        Set<Integer> spared = new HashSet<>(options.spared());
        spared.addAll(left.subList(from, Math.min(left.size(), from + size)));
        stillFailsWithFewerFaults(options.sparing(spared));
      }
    }
  }

  private List<Integer> turnsLeft() {
    Set<Integer> left = new TreeSet<>();
    for (int turn = 1; turn <= report.turns(); turn++) {
      left.add(turn);
    }
    left.removeAll(options.spared());
    return new ArrayList<>(left);
  }

  /** Keeps the trial if it fails as the run did. */
  private boolean stillFails(SimulationOptions trial) {
    return keep(trial, Simulation.run(report.seed(), trial));
  }

  /** Without a fault a run may go on for longer, and meet more of them before it fails. */
  private void stillFailsWithFewerFaults(SimulationOptions trial) {
    Report tried = Simulation.run(report.seed(), trial);
    if (tried.faults() < report.faults()) {
      keep(trial, tried);
    }
  }

  private boolean keep(SimulationOptions trial, Report tried) {
    boolean fails =
        tried.violation().filter(violation -> violation.invariant() == violated).isPresent();
    if (fails) {
      report = tried;
      options = trial;
    }
    return fails;
  }
}
