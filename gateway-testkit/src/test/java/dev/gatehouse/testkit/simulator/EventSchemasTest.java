package dev.gatehouse.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever is raised in a run is told as its schema says. */
class EventSchemasTest {
  private static final int SEEDS = 4;

  @Test
  void every_event_of_a_run_is_as_its_schema_says() {
    EventsAsTold told = new EventsAsTold();

    Simulator.Summary summary =
        Simulator.seeds(1, SEEDS)
            .with(SimulationOptions.defaults().withPorts(Ports.plain().withStore(told::in)))
            .run();

    assertThat(summary.violated()).as(SimulatorTest.stories(summary.violated())).isEmpty();
    assertThat(told.types()).hasSizeGreaterThan(15);
  }
}
