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
 */
public record SimulationOptions(
    int steps,
    Set<FaultKind> faults,
    Ports ports,
    SimulatedProvider.Factory provider,
    SimulatedStore.Factory store) {
  private static final int MOST_STEPS = 100_000;

  /** Copies the set; refuses steps out of range. */
  public SimulationOptions {
    faults = Set.copyOf(faults);
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
        SimulatedStore::inMemory);
  }

  /** These, with another number of steps. */
  public SimulationOptions withSteps(int count) {
    return new SimulationOptions(count, faults, ports, provider, store);
  }

  /** These, with only these faults. */
  public SimulationOptions withFaults(Set<FaultKind> kinds) {
    return new SimulationOptions(steps, kinds, ports, provider, store);
  }

  /** These, with something put around the engine's ports. */
  public SimulationOptions withPorts(Ports planted) {
    return new SimulationOptions(steps, faults, planted, provider, store);
  }

  /** These, with another provider and its gateway. */
  public SimulationOptions withProvider(SimulatedProvider.Factory other) {
    return new SimulationOptions(steps, faults, ports, other, store);
  }

  /** These, with the records somewhere else. */
  public SimulationOptions withStore(SimulatedStore.Factory other) {
    return new SimulationOptions(steps, faults, ports, provider, other);
  }
}
