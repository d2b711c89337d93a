package dev.gatehouse.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What faults fall upon is counted rightly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentsTest {
  private final List<Report> reports = new ArrayList<>();
  private final Simulator.Summary summary = Simulator.seeds(1, 20).telling(reports::add).run();
  private final Incidents incidents = summary.incidents();

  @Test
  void nothing_is_counted_where_it_is_impossible_and_nothing_is_lost() {
    assertThat(incidents.firedThoughImpossible()).isEmpty();
    for (FaultKind fault : FaultKind.values()) {
      int counted =
          incidents.bySteps().getOrDefault(fault, Map.of()).values().stream()
              .mapToInt(Integer::intValue)
              .sum();
      int fired = summary.fired().get(fault);
      if (fault == FaultKind.ONLY_REPLAY || fault == FaultKind.NO_RECOVERY) {
        assertThat(counted).as("%s, which is before the first step", fault).isZero();
      } else if (fault.isHabit()) {
        assertThat(counted)
            .as("%s, which shows after the last step, too", fault)
            .isBetween(1, fired);
      } else {
        assertThat(counted).as(fault.name()).isEqualTo(fired);
      }
    }
  }

  @Test
  void a_pair_that_is_missing_and_one_that_can_not_be_are_named() {
    assertThat(Incidents.none().neverFired())
        .contains("LOST_RESPONSE in REFUND_PART", "CLOCK_JUMPS_BACK in TIME_PASSES")
        .doesNotContain("LOST_RESPONSE in TIME_PASSES", "LOST_RESPONSE in TRANSFER_GIVEN_UP");
    Incidents impossible =
        new Incidents(
            Map.of(FaultKind.LOST_RESPONSE, Map.of(StepKind.TIME_PASSES, 1)),
            Map.of(),
            new TreeMap<>(),
            new TreeMap<>());
    assertThat(impossible.firedThoughImpossible()).containsExactly("LOST_RESPONSE in TIME_PASSES");
    assertThat(impossible.tell()).contains("1!");
  }

  @Test
  void what_is_not_demanded_has_a_reason() {
    for (FaultKind fault : FaultKind.values()) {
      for (StepKind step : StepKind.values()) {
        Chance chance = fault.in(step);
        assertThat(chance.why().isEmpty())
            .as("%s in %s", fault, step)
            .isEqualTo(chance.degree() == Chance.Degree.DEMANDED);
      }
    }
    assertThat(EnumSet.allOf(FaultKind.class).stream().filter(IncidentsTest::isDemandedSomewhere))
        .hasSize(FaultKind.values().length - 2);
  }

  private static boolean isDemandedSomewhere(FaultKind fault) {
    return EnumSet.allOf(StepKind.class).stream()
        .anyMatch(step -> fault.in(step).degree() == Chance.Degree.DEMANDED);
  }

  @Test
  void seeds_on_several_threads_tell_the_same_in_the_same_order() {
    List<Report> together = new ArrayList<>();

    Simulator.Summary many = Simulator.seeds(1, 20).onThreads(3).telling(together::add).run();

    assertThat(together).isEqualTo(reports);
    assertThat(many).isEqualTo(summary);
    assertThatThrownBy(() -> Simulator.seeds(1, 1).onThreads(0))
        .isInstanceOf(InvalidInputException.class);
  }
}
