package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.simulator.FaultKind;
import dev.gatehouse.testkit.simulator.Report;
import dev.gatehouse.testkit.simulator.SimulationOptions;
import dev.gatehouse.testkit.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The engine's promises hold for PayPal's ways, whatever goes wrong. {@code -Dgatehouse.seeds} and
 * {@code -Dgatehouse.seed} choose how many seeds, and which.
 */
class PayPalSimulatorTest {
  private static final int SEEDS = 40;

  /** So many that everything must have happened in one of them. */
  private static final int MANY = 200;

  @Test
  void the_invariants_hold_in_every_seed() {
    boolean one = System.getProperty("gatehouse.seed") != null;
    long from = Long.getLong("gatehouse.seed", 1);
    int count = Integer.getInteger("gatehouse.seeds", one ? 1 : SEEDS);

    List<SimulatedPayPal> all = new ArrayList<>();
    SimulationOptions options =
        SimulationOptions.defaults()
            .withProvider(
                (clock, secret, choices) -> {
                  SimulatedPayPal paypal = new SimulatedPayPal(clock, secret, choices);
                  all.add(paypal);
                  return paypal;
                });

    Simulator.Summary summary = Simulator.seeds(from, count).with(options).run();

    assertThat(summary.violated()).as(stories(summary.violated())).isEmpty();
    if (count >= SEEDS) {
      assertThat(all).as("charges of stored wallets").anyMatch(paypal -> paypal.renewed() > 0);
    }
    if (count >= MANY) {
      // PayPal shows an order at once; it has no list that a look depends on.
      assertThat(summary.neverFired()).as("faults").containsOnly(FaultKind.STALE_READ);
      assertThat(summary.neverDone()).as("steps").isEmpty();
    }
  }

  private static String stories(List<Report> violated) {
    StringBuilder text = new StringBuilder(violated.size() + " seeds violate an invariant\n");
    violated.forEach(
        report ->
            text.append("seed ")
                .append(report.seed())
                .append(": ")
                .append(report.violation().orElseThrow())
                .append('\n'));
    violated.stream().limit(2).forEach(report -> text.append(report.tell()).append('\n'));
    return text.toString();
  }
}
