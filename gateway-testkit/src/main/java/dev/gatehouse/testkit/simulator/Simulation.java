package dev.gatehouse.testkit.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * Runs one seed: two processes with the real engine and the reference gateway over one store, three
 * customers, the reference provider, and time, all on the calling thread. The same seed with the
 * same options has the same story.
 */
public final class Simulation {
  private final World world;
  private final long seed;
  private final SimulationOptions options;
  private int steps;

  private Simulation(long seed, SimulationOptions options) {
    this.seed = seed;
    this.options = options;
    this.world = new World(seed, options);
  }

  /** Runs a seed; a violated invariant ends it and is in the report. */
  public static Report run(long seed, SimulationOptions options) {
    Simulation simulation = new Simulation(seed, options);
    try {
      return simulation.run();
    } finally {
      simulation.world.place.close();
    }
  }

  private Report run() {
    try {
      while (steps < options.steps() || !crashed() && steps < 2 * options.steps()) {
        step();
      }
      world.steps.comeToRest();
      world.store.forget();
      new FinalChecks(world).run();
    } catch (ViolationFound found) {
      world.tell("VIOLATED: " + found.violation());
      return report(Optional.of(found.violation()));
    }
    return report(Optional.empty());
  }

  private void step() {
    steps++;
    if (steps > options.steps() * 2 / 3 && !crashed()) {
      world.faults.wantCrash();
    }
    world.pass(Duration.ofMillis(world.random.nextInt(3000)));
    world.mayJump();
    world.steps.one();
    world.checks.step();
  }

  private boolean crashed() {
    return world.faults.anyCrash() || options.faults().stream().noneMatch(FaultKind::isCrash);
  }

  private Report report(Optional<Violation> violation) {
    return new Report(
        seed,
        steps,
        world.steps.checkouts(),
        world.store.payments().size(),
        world.faults.fired(),
        world.steps.done(),
        world.counts.incidents(),
        world.faults.turns(),
        violation,
        world.story.lines());
  }
}
