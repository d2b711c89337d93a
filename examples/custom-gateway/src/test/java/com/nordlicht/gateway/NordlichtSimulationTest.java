package com.nordlicht.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nordlicht.emulator.NordlichtTarget;
import dev.gatehouse.testkit.simulator.SimulationOptions;
import dev.gatehouse.testkit.simulator.Simulator;
import org.junit.jupiter.api.Test;

/**
 * The whole engine over this gateway, with faults between any two steps. {@code
 * -Dgatehouse.seeds=1000} runs more seeds; {@code -Dgatehouse.seed=123} begins with that one.
 */
// snippet: NordlichtSimulation
class NordlichtSimulationTest {
  private static final int SEEDS = 30;

  @Test
  void the_invariants_hold_whatever_goes_wrong() {
    boolean one = System.getProperty("gatehouse.seed") != null;
    long from = Long.getLong("gatehouse.seed", 1);
    int count = Integer.getInteger("gatehouse.seeds", one ? 1 : SEEDS);

    Simulator.Summary summary =
        Simulator.seeds(from, count)
            .with(SimulationOptions.defaults().withProvider(new NordlichtTarget()))
            .run();

    StringBuilder stories = new StringBuilder();
    summary.violated().stream().limit(2).forEach(report -> stories.append(report.tell()));
    assertThat(summary.violated()).as(stories.toString()).isEmpty();
    if (count >= SEEDS) {
      assertThat(summary.neverFired()).as("faults that never fired").isEmpty();
    }
  }
}
// end snippet
