package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs many seeds: one after the other, or some at once, as no seed knows of another. Immutable;
 * thread-safe.
 */
public final class Simulator {
  /** So many seeds for each thread are begun before the first is taken. */
  private static final int AHEAD = 8;

  private final long from;
  private final int count;
  private final SimulationOptions options;
  private final Consumer<Report> progress;
  private final int threads;

  private Simulator(
      long from, int count, SimulationOptions options, Consumer<Report> progress, int threads) {
    this.from = from;
    this.count = count;
    this.options = options;
    this.progress = progress;
    this.threads = threads;
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
    return new Simulator(from, count, SimulationOptions.defaults(), report -> {}, 1);
  }

  /** This, with other options. */
  public Simulator with(SimulationOptions changed) {
    return new Simulator(from, count, changed, progress, threads);
  }

  /** This, telling of every seed when it is done: in their order, on the thread that runs this. */
  public Simulator telling(Consumer<Report> listener) {
    return new Simulator(from, count, options, listener, threads);
  }

  /**
   * This, with so many seeds at once, each on one thread. What the options' factories open must
   * share nothing that changes.
   *
   * @throws InvalidInputException if it is not at least one
   */
  public Simulator onThreads(int number) {
    if (number < 1) {
      throw new InvalidInputException(
          new Problem("number", "simulator.threads", "is less than one", "use at least one"));
    }
    return new Simulator(from, count, options, progress, number);
  }

  /** Runs them all. */
  public Summary run() {
    Tally tally = new Tally();
    each(
        report -> {
          tally.add(report);
          return true;
        });
    return tally.summary();
  }

  /** Runs them until one violates an invariant; that one, if there is one. */
  public Optional<Report> findViolation() {
    AtomicReference<Report> found = new AtomicReference<>();
    each(
        report -> {
          report.violation().ifPresent(violation -> found.set(report));
          return report.violation().isEmpty();
        });
    return Optional.ofNullable(found.get());
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

  /** Runs them as long as they are wanted, and takes them in their order. */
  private void each(Predicate<Report> goOn) {
    if (threads == 1) {
      for (long seed = from; seed < from + count; seed++) {
        if (!take(Simulation.run(seed, options), goOn)) {
          return;
        }
      }
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      eachOf(workers, goOn);
    } finally {
      workers.shutdownNow();
    }
  }

  private void eachOf(ExecutorService workers, Predicate<Report> goOn) {
    Deque<Future<Report>> running = new ArrayDeque<>();
    long next = from;
    while (next < from + count || !running.isEmpty()) {
      while (next < from + count && running.size() < AHEAD * threads) {
        long seed = next++;
        running.add(workers.submit(() -> Simulation.run(seed, options)));
      }
      if (!take(got(running.remove()), goOn)) {
        return;
      }
    }
  }

  private boolean take(Report report, Predicate<Report> goOn) {
    progress.accept(report);
    return goOn.test(report);
  }

  private static Report got(Future<Report> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the run was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a seed could not be run", e.getCause());
    }
  }

  /**
   * What many seeds came to.
   *
   * @param seeds how many were run
   * @param steps how many steps they took
   * @param fired how often each fault fired
   * @param done how often each step was done
   * @param incidents what the faults fell upon
   * @param violated the seeds that violated an invariant
   */
  public record Summary(
      int seeds,
      long steps,
      Map<FaultKind, Integer> fired,
      Map<StepKind, Integer> done,
      Incidents incidents,
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
    private final IncidentsTally incidents = new IncidentsTally();
    private final List<Report> violated = new ArrayList<>();
    private int seeds;
    private long steps;

    void add(Report report) {
      seeds++;
      steps += report.steps();
      report.fired().forEach((kind, times) -> fired.merge(kind, times, Integer::sum));
      report.done().forEach((kind, times) -> done.merge(kind, times, Integer::sum));
      incidents.add(report.incidents());
      report.violation().ifPresent(v -> violated.add(report));
    }

    Summary summary() {
      return new Summary(seeds, steps, fired, done, incidents.sum(), violated);
    }
  }
}
