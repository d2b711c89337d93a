package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a seed is run.
 *
 * @param steps how many steps before everything is left to come to rest; 1 to 100,000
 * @param faults the kinds of fault that may fire
 * @param ports what is put around the engine's ports
 * @param provider the provider to play with, and its gateway
 * @param store where the records of a run live
 * @param spared the faults that do not happen though it is their turn, by their numbers within the
 *     run, from 1; chance goes on as if they did
 */
public record SimulationOptions(
    int steps,
    Set<FaultKind> faults,
    Ports ports,
    SimulatedProvider.Factory provider,
    SimulatedStore.Factory store,
    Set<Integer> spared) {
  private static final int MOST_STEPS = 100_000;

  /** Copies the sets; refuses steps out of range. */
  public SimulationOptions {
    faults = Set.copyOf(faults);
    spared = Set.copyOf(spared);
    if (steps < 1 || steps > MOST_STEPS) {
      throw new InvalidInputException(
          new Problem(
              "steps", "simulator.steps", "is out of range", "use 1 to " + MOST_STEPS + " steps"));
    }
  }

  /**
   * 200 steps, every fault, nothing planted, the reference provider and its gateway, and a store in
   * memory.
   */
  public static SimulationOptions defaults() {
    return new SimulationOptions(
        200,
        EnumSet.allOf(FaultKind.class),
        Ports.plain(),
        SimulatedReference::new,
        SimulatedStore::inMemory,
        Set.of());
  }

  /** These, with another number of steps. */
  public SimulationOptions withSteps(int count) {
    return new SimulationOptions(count, faults, ports, provider, store, spared);
  }

  /** These, with only these faults. */
  public SimulationOptions withFaults(Set<FaultKind> kinds) {
    return new SimulationOptions(steps, kinds, ports, provider, store, spared);
  }

  /** These, with something put around the engine's ports. */
  public SimulationOptions withPorts(Ports planted) {
    return new SimulationOptions(steps, faults, planted, provider, store, spared);
  }

  /** These, with another provider and its gateway. */
  public SimulationOptions withProvider(SimulatedProvider.Factory other) {
    return new SimulationOptions(steps, faults, ports, other, store, spared);
  }

  /** These, with the records somewhere else. */
  public SimulationOptions withStore(SimulatedStore.Factory other) {
    return new SimulationOptions(steps, faults, ports, provider, other, spared);
  }

  /** These, without some of the faults. */
  public SimulationOptions sparing(Set<Integer> numbers) {
    return new SimulationOptions(steps, faults, ports, provider, store, numbers);
  }
}
