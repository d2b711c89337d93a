package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.docs.FailureScenarios.Scenario;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every scenario of the engine and of the store has a test over every store that it concerns. */
class FailureScenariosTest {
  /** The one about a database in trouble concerns no memory. */
  private static final int DATABASE = 30;

  private static final Set<Integer> OVER_STORES =
      new TreeSet<>(
          Set.of(
              1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 22, 24, 25, 26, 28, 29, 30, 31, 32, 33));

  @Test
  void every_scenario_has_a_test_over_every_store_that_it_concerns() {
    for (int number : OVER_STORES) {
      Scenario scenario = FailureScenarios.all().get(number);
      assertThat(scenario.over("sqlite")).as("%d over SQLite", number).isPositive();
      assertThat(scenario.over("postgres")).as("%d over PostgreSQL", number).isPositive();
      if (number != DATABASE) {
        assertThat(scenario.over("memory")).as("%d in memory", number).isPositive();
      }
    }
  }
}
