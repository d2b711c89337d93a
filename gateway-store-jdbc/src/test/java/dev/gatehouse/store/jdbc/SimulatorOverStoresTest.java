package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.simulator.Report;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import dev.gatehouse.testkit.simulator.Simulation;
import dev.gatehouse.testkit.simulator.SimulationOptions;
import dev.gatehouse.testkit.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The simulator's invariants hold over the durable stores, too, though a store is opened anew on
 * what is there whenever a process dies; and to the last word the story is that of the in-memory
 * store. {@code -Dgatehouse.seeds=500} runs more seeds; {@code -Dgatehouse.seed=123} begins with
 * that one, or runs only it if the number of seeds is not given.
 */
class SimulatorOverStoresTest {
  @Test
  void over_sqlite_every_seed_holds_and_goes_as_in_memory() {
    assertHolds(SimulatedSqlite::new, 6);
  }

  @Test
  void over_postgresql_every_seed_holds_and_goes_as_in_memory() {
    assertHolds(SimulatedPostgres::new, 4);
  }

  private static void assertHolds(SimulatedStore.Factory place, int seeds) {
    boolean one = System.getProperty("gatehouse.seed") != null;
    long from = Long.getLong("gatehouse.seed", 1);
    int count = Integer.getInteger("gatehouse.seeds", one ? 1 : seeds);
    List<Report> reports = new ArrayList<>();

    Simulator.Summary summary =
        Simulator.seeds(from, count)
            .with(SimulationOptions.defaults().withStore(place))
            .telling(reports::add)
            .run();

    assertThat(summary.violated()).as(stories(summary.violated())).isEmpty();
    assertThat(reports).hasSize(count);
    for (Report report : reports) {
      assertThat(report.crashes()).as("deaths in seed %d", report.seed()).isPositive();
      assertThat(report.story())
          .as("seed %d", report.seed())
          .isEqualTo(Simulation.run(report.seed(), SimulationOptions.defaults()).story());
    }
  }

  private static String stories(List<Report> violated) {
    StringBuilder text = new StringBuilder(violated.size() + " seeds violate an invariant\n");
    violated.stream().limit(3).forEach(report -> text.append(report.tell()).append('\n'));
    return text.toString();
  }
}
