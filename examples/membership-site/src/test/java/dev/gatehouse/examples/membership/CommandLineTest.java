package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  @Test
  void help_names_options_exit_codes_and_every_scenario() {
    Run run = Run.of("tour", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("--plans=FILE", "--signups=FILE", "Exit codes:");
    assertThat(Arrays.stream(Scenario.values()).map(Scenario::word))
        .allSatisfy(word -> assertThat(run.out()).contains(word));
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void the_command_is_listed_where_one_looks_first() {
    assertThat(Run.of("--help").out()).contains("tour", "Commands:");
    assertThat(Run.of("--version").exitCode()).isZero();
  }

  @Test
  void unknown_options_and_commands_and_none_at_all_are_usage_errors() {
    assertThat(Run.of("tour", "--colour").exitCode()).isEqualTo(2);
    assertThat(Run.of("tour", "--colour").err()).contains("Unknown option: '--colour'");
    assertThat(Run.of("travel").exitCode()).isEqualTo(2);
    assertThat(Run.of().exitCode()).isEqualTo(2);
    assertThat(Run.of().err()).contains("Missing required subcommand");
    assertThat(Run.of("tour", "--plans").exitCode()).isEqualTo(2);
  }
}
