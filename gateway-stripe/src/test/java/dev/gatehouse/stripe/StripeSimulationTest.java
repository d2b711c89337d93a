package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.simulator.SimulationOptions;
import dev.gatehouse.testkit.simulator.Simulator;
import org.junit.jupiter.api.Test;

/**
 * The engine's promises hold over Stripe's SDK and the emulator, whatever goes wrong. {@code
 * -Dgatehouse.seeds=10000} runs more seeds; {@code -Dgatehouse.seed=123} begins with that one.
 */
class StripeSimulationTest {
  private static final int SEEDS = 60;

  @Test
  void the_invariants_hold_in_every_seed() {
    boolean one = System.getProperty("gatehouse.seed") != null;
    long from = Long.getLong("gatehouse.seed", 1);
    int count = Integer.getInteger("gatehouse.seeds", one ? 1 : SEEDS);

    // snippet: PlayWithProvider
    Simulator.Summary summary =
        Simulator.seeds(from, count)
            .with(SimulationOptions.defaults().withProvider(SimulatedStripe::new))
            .run();
    // end snippet

    StringBuilder stories = new StringBuilder();
    summary.violated().stream().limit(2).forEach(report -> stories.append(report.tell()));
    assertThat(summary.violated()).as(stories.toString()).isEmpty();
    if (count >= SEEDS) {
      assertThat(summary.neverFired()).as("faults that never fired").isEmpty();
    }
  }
}
