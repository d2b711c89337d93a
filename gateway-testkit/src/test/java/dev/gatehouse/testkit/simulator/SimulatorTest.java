package dev.gatehouse.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The invariants hold, whatever goes wrong. {@code -Psimulation} runs 10,000 seeds, {@code
 * -Dgatehouse.seeds=5000} so many; {@code -Dgatehouse.seed=123} begins with that one, or runs only
 * it if the number of seeds is not given. What the faults fell upon is written to {@code
 * target/simulator/incidents.txt}.
 */
class SimulatorTest {
  private static final int SEEDS = 500;

  /** So many that every fault must have fired in every step in which it is to. */
  private static final int MANY = 10_000;

  private static final int STEPS = 200;

  @Test
  void the_invariants_hold_in_every_seed_and_every_fault_fires() throws IOException {
    boolean one = System.getProperty("gatehouse.seed") != null;
    long from = Long.getLong("gatehouse.seed", 1);
    int count = Integer.getInteger("gatehouse.seeds", one ? 1 : SEEDS);
    List<Long> tooShort = new ArrayList<>();

    Simulator.Summary summary =
        Simulator.seeds(from, count)
            .onThreads(2)
            .telling(
                report -> {
                  boolean whole = report.violation().isEmpty();
                  if (whole && (report.steps() < STEPS || report.crashes() < 1)) {
                    tooShort.add(report.seed());
                  }
                  if (whole && (report.checkouts() < 3 || report.payments() < 3)) {
                    tooShort.add(report.seed());
                  }
                })
            .run();

    Path folder = Files.createDirectories(Path.of("target", "simulator"));
    Files.writeString(folder.resolve("incidents.txt"), summary.incidents().tell());
    assertThat(summary.violated()).as(stories(summary.violated())).isEmpty();
    assertThat(tooShort).as("seeds with too few steps, payments or crashes").isEmpty();
    assertThat(summary.seeds()).isEqualTo(count);
    assertThat(summary.incidents().firedThoughImpossible()).isEmpty();
    if (count >= SEEDS) {
      strikesWithinOperations(summary.incidents());
      assertThat(summary.neverFired()).as("faults that never fired").isEmpty();
      assertThat(summary.neverDone()).as("steps that were never done").isEmpty();
    }
    if (count >= MANY) {
      assertThat(summary.incidents().neverFired()).isEmpty();
    }
  }

  /** An operation of a gateway may need several requests, and each of them may be struck. */
  private static void strikesWithinOperations(Incidents incidents) {
    for (FaultKind fault : FaultKind.values()) {
      // Lists are read by lookups and reconciliation alone, which are no operations.
      if (fault.isOfRequests() && fault != FaultKind.STALE_READ) {
        assertThat(incidents.times(fault, 1)).as("%s at the 1st", fault).isPositive();
        assertThat(incidents.times(fault, 2)).as("%s at the 2nd", fault).isPositive();
      }
    }
    assertThat(incidents.times(FaultKind.LOST_RESPONSE, 3)).as("a later one").isPositive();
    assertThat(incidents.betweenRequestsOfOperations()).as("steps of others").isPositive();
    for (GatewayCall call : GatewayCall.values()) {
      if (call.isOperation()) {
        assertThat(incidents.requests()).containsKey(new GatewayRequest(call, 2));
      }
    }
  }

  @Test
  void the_same_seed_has_the_same_story() {
    Report first = Simulation.run(42, SimulationOptions.defaults());
    Report second = Simulation.run(42, SimulationOptions.defaults());

    assertThat(second.story()).hasSizeGreaterThan(STEPS).isEqualTo(first.story());
    assertThat(second.fired()).isEqualTo(first.fired());
    assertThat(Simulation.run(43, SimulationOptions.defaults()).story())
        .isNotEqualTo(first.story());
  }

  @Test
  void a_failing_seed_tells_what_led_to_it() {
    SimulationOptions planted =
        SimulationOptions.defaults()
            .withPorts(Ports.plain().withStore(PlantedInStore.LosesAnEvent::new));

    Report report = Simulator.seeds(1, 100).with(planted).findViolation().orElseThrow();

    String subject = report.violation().orElseThrow().subject();
    assertThat(report.tell())
        .startsWith("seed " + report.seed() + ", ")
        .contains(Invariant.EVENTS_ARE_TRUE.name())
        .contains(Story.readable(subject))
        .contains("provider: ");
    assertThat(report.tell().lines().count()).isLessThan(200);
  }

  /** The planted bug needs no fault: whatever went wrong beside it is left out. */
  @Test
  void a_failing_seed_is_made_short_and_tells_the_same() {
    SimulationOptions planted =
        SimulationOptions.defaults()
            .withPorts(Ports.plain().withStore(PlantedInStore.LosesAnEvent::new));
    Simulator simulator = Simulator.seeds(1, 100).with(planted);
    Report failed = simulator.findViolation().orElseThrow();

    Simulator.Shrunk shrunk = simulator.shrink(failed);

    assertThat(shrunk.report().violation().orElseThrow().invariant())
        .isEqualTo(failed.violation().orElseThrow().invariant());
    assertThat(shrunk.report().faults()).isLessThan(failed.faults()).isLessThanOrEqualTo(1);
    assertThat(shrunk.report().story()).hasSizeLessThan(failed.story().size());
    assertThat(Simulation.run(failed.seed(), shrunk.options()).story())
        .as("it can be seen again")
        .isEqualTo(shrunk.report().story());
  }

  /** A bug that shows only when an answer is lost keeps that fault. */
  @Test
  void the_fault_that_a_bug_needs_is_not_left_out() {
    SimulationOptions planted =
        SimulationOptions.defaults()
            .withPorts(Ports.plain().withTransport(PlantedInTransport.LostResponseIsNotSent::new));
    Simulator simulator = Simulator.seeds(1, 200).with(planted);
    Report failed = simulator.findViolation().orElseThrow();

    Simulator.Shrunk shrunk = simulator.shrink(failed);

    assertThat(shrunk.report().faults()).isBetween(1, failed.faults());
  }

  @Test
  void what_violates_nothing_can_not_be_made_short() {
    Report whole = Simulation.run(1, SimulationOptions.defaults());

    assertThatThrownBy(() -> Simulator.seeds(1, 1).shrink(whole))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void without_faults_there_are_none() {
    SimulationOptions calm =
        SimulationOptions.defaults().withFaults(EnumSet.noneOf(FaultKind.class)).withSteps(300);

    Report report = Simulation.run(7, calm);

    assertThat(report.violation()).as(report.tell()).isEmpty();
    assertThat(report.fired().values()).containsOnly(0);
    assertThat(report.steps()).isEqualTo(300);
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> Simulator.seeds(1, 0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> SimulationOptions.defaults().withSteps(0))
        .isInstanceOf(InvalidInputException.class);
  }

  static String stories(List<Report> violated) {
    StringBuilder text = new StringBuilder(violated.size() + " seeds violate an invariant\n");
    violated.stream()
        .limit(3)
        .map(report -> Simulator.seeds(report.seed(), 1).shrink(report).report())
        .forEach(report -> text.append("made short: ").append(report.tell()).append('\n'));
    return text.toString();
  }
}
