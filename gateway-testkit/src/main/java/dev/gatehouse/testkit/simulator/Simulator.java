package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs many seeds, one after the other. Immutable; thread-safe. */
public final class Simulator {
  private final long from;
  private final int count;
  private final SimulationOptions options;
  private final Consumer<Report> progress;

  private Simulator(long from, int count, SimulationOptions options, Consumer<Report> progress) {
    this.from = from;
    this.count = count;
    this.options = options;
    this.progress = progress;
  }

  /**
   * So many seeds, from this one on, with the default options.
   *
   * @throws InvalidInputException if it is not at least one
   */
  public static Simulator seeds(long from, int count) {
    if (count < 1) {
      throw new InvalidInputException(
          new Problem("count", "simulator.count", "is less than one", "run at least one seed"));
    }
    return new Simulator(from, count, SimulationOptions.defaults(), report -> {});
  }

  /** This, with other options. */
  public Simulator with(SimulationOptions changed) {
    return new Simulator(from, count, changed, progress);
  }

  /** This, telling of every seed when it is done. */
  public Simulator telling(Consumer<Report> listener) {
    return new Simulator(from, count, options, listener);
  }

  /** Runs them all. */
  public Summary run() {
    Tally tally = new Tally();
    for (long seed = from; seed < from + count; seed++) {
      tally.add(next(seed));
    }
    return tally.summary();
  }

  /** Runs them until one violates an invariant; that one, if there is one. */
  public Optional<Report> findViolation() {
    for (long seed = from; seed < from + count; seed++) {
      Report report = next(seed);
      if (report.violation().isPresent()) {
        return Optional.of(report);
      }
    }
    return Optional.empty();
  }

  /**
   * The shortest run that this finds of a seed that violated an invariant: fewer steps, and only
   * the faults without which the same invariant holds.
   *
   * @throws InvalidInputException if it violated none
   */
  public Shrunk shrink(Report failed) {
    return Shrinker.shrink(failed, options);
  }

  /**
   * A run that was made short.
   *
   * @param report what became of it
   * @param options run the seed with these to see it again
   */
  public record Shrunk(Report report, SimulationOptions options) {}

  private Report next(long seed) {
    Report report = Simulation.run(seed, options);
    progress.accept(report);
    return report;
  }

  /**
   * What many seeds came to.
   *
   * @param seeds how many were run
   * @param steps how many steps they took
   * @param fired how often each fault fired
   * @param done how often each step was done
   * @param violated the seeds that violated an invariant
   */
  public record Summary(
      int seeds,
      long steps,
      Map<FaultKind, Integer> fired,
      Map<StepKind, Integer> done,
      List<Report> violated) {
    /** Copies the collections. */
    public Summary {
      fired = Collections.unmodifiableMap(new EnumMap<>(fired));
      done = Collections.unmodifiableMap(new EnumMap<>(done));
      violated = List.copyOf(violated);
    }

    /** The faults that never fired, and so prove nothing. */
    public Set<FaultKind> neverFired() {
      Set<FaultKind> never = EnumSet.allOf(FaultKind.class);
      never.removeIf(kind -> fired.getOrDefault(kind, 0) > 0);
      return never;
    }

    /** The steps that were never done. */
    public Set<StepKind> neverDone() {
      Set<StepKind> never = EnumSet.allOf(StepKind.class);
      never.removeIf(kind -> done.getOrDefault(kind, 0) > 0);
      return never;
    }
  }

  private static final class Tally {
    private final Map<FaultKind, Integer> fired = new EnumMap<>(FaultKind.class);
    private final Map<StepKind, Integer> done = new EnumMap<>(StepKind.class);
    private final List<Report> violated = new ArrayList<>();
    private int seeds;
    private long steps;

    void add(Report report) {
      seeds++;
      steps += report.steps();
      report.fired().forEach((kind, times) -> fired.merge(kind, times, Integer::sum));
      report.done().forEach((kind, times) -> done.merge(kind, times, Integer::sum));
      report.violation().ifPresent(v -> violated.add(report));
    }

    Summary summary() {
      return new Summary(seeds, steps, fired, done, violated);
    }
  }
}
