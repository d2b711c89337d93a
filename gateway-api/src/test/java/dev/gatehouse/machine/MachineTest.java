package dev.gatehouse.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MachineTest {
  private enum Door {
    OPEN,
    SHUT,
    BRICKED_UP
  }

  private enum Push {
    PUSH,
    PULL_HARD
  }

  private static final Machine<Door, Push> DOOR =
      Machine.builder("door", Door.SHUT, Push.class)
          .go(Set.of(Door.SHUT), Push.PUSH, Door.OPEN)
          .ignore(Set.of(Door.OPEN), Push.PUSH, "it is open")
          .refuse(Set.of(Door.BRICKED_UP), Push.PUSH, "there is a wall")
          .go(Set.of(Door.OPEN), Push.PULL_HARD, Door.SHUT)
          .go(Set.of(Door.SHUT), Push.PULL_HARD, Door.SHUT)
          .refuse(Set.of(Door.BRICKED_UP), Push.PULL_HARD, "there is a wall")
          .build();

  @Test
  void it_answers_as_the_table_says() {
    assertThat(DOOR.initial()).isEqualTo(Door.SHUT);
    assertThat(DOOR.answer(Door.SHUT, Push.PUSH)).isEqualTo(new Answer.GoTo<>(Door.OPEN));
    assertThat(DOOR.answer(Door.OPEN, Push.PUSH)).isEqualTo(new Answer.Ignore<Door>("it is open"));
    assertThat(DOOR.answer(Door.BRICKED_UP, Push.PUSH))
        .isEqualTo(new Answer.Refuse<Door>("there is a wall"));
  }

  @Test
  void what_is_seen_moves_it_only_where_the_table_says_go() {
    assertThat(DOOR.after(Door.SHUT, Push.PUSH)).isEqualTo(Door.OPEN);
    assertThat(DOOR.after(Door.OPEN, Push.PUSH)).isEqualTo(Door.OPEN);
    assertThat(DOOR.after(Door.BRICKED_UP, Push.PUSH)).isEqualTo(Door.BRICKED_UP);
  }

  @Test
  void a_refused_command_is_a_typed_error_with_state_reason_and_remedy() {
    assertThatThrownBy(() -> DOOR.demand(Door.BRICKED_UP, Push.PULL_HARD))
        .isInstanceOfSatisfying(
            InvalidStateException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(
                        problem -> {
                          assertThat(problem.field()).isEqualTo("door");
                          assertThat(problem.code()).isEqualTo("door.pull-hard");
                          assertThat(problem.message()).isEqualTo("is bricked up: there is a wall");
                          assertThat(problem.remedy())
                              .isEqualTo("look at where it stands, and offer what that allows");
                        }));
  }

  @Test
  void a_command_that_goes_or_is_ignored_is_not_an_error() {
    assertThatCode(() -> DOOR.demand(Door.SHUT, Push.PUSH)).doesNotThrowAnyException();
    assertThatCode(() -> DOOR.demand(Door.OPEN, Push.PUSH)).doesNotThrowAnyException();
  }

  @Test
  void a_table_with_holes_can_not_be_built_and_every_hole_is_named() {
    var holes =
        Machine.builder("door", Door.SHUT, Push.class)
            .go(EnumSet.of(Door.OPEN, Door.SHUT), Push.PUSH, Door.OPEN)
            .ignore(EnumSet.allOf(Door.class), Push.PULL_HARD, "it is heavy");

    assertThatThrownBy(holes::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("door has no answer for [BRICKED_UP × PUSH]");
  }

  @Test
  void a_pair_can_not_be_answered_twice() {
    var table =
        Machine.builder("door", Door.SHUT, Push.class).go(Set.of(Door.OPEN), Push.PUSH, Door.OPEN);

    assertThatThrownBy(() -> table.refuse(EnumSet.allOf(Door.class), Push.PUSH, "no"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("door answers twice: OPEN × PUSH");
    assertThatThrownBy(() -> table.ignore(Set.of(Door.OPEN), Push.PUSH, "no"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> table.go(Set.of(Door.OPEN), Push.PUSH, Door.SHUT))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void what_the_builder_does_later_does_not_change_a_built_machine() {
    var table =
        Machine.builder("door", Door.SHUT, Push.class)
            .ignore(EnumSet.allOf(Door.class), Push.PUSH, "no")
            .ignore(EnumSet.allOf(Door.class), Push.PULL_HARD, "no");
    Machine<Door, Push> built = table.build();

    assertThatThrownBy(() -> table.go(Set.of(Door.OPEN), Push.PUSH, Door.SHUT))
        .isInstanceOf(IllegalStateException.class);
    assertThat(built.answer(Door.OPEN, Push.PUSH)).isEqualTo(new Answer.Ignore<Door>("no"));
  }

  @Test
  void the_diagram_has_an_arrow_per_move_and_none_for_staying() {
    assertThat(DOOR.mermaid())
        .isEqualTo(
            """
            stateDiagram-v2
              [*] --> SHUT
              OPEN --> SHUT : pull hard
              SHUT --> OPEN : push
            """);
  }

  @Test
  void several_triggers_with_one_way_share_an_arrow() {
    Machine<Door, Push> machine =
        Machine.builder("door", Door.SHUT, Push.class)
            .go(EnumSet.allOf(Door.class), Push.PUSH, Door.OPEN)
            .go(EnumSet.allOf(Door.class), Push.PULL_HARD, Door.OPEN)
            .build();

    assertThat(machine.mermaid()).contains("SHUT --> OPEN : push, pull hard\n");
  }

  @Test
  void the_table_has_a_row_per_state_and_a_column_per_trigger() {
    assertThat(DOOR.markdown())
        .isEqualTo(
            """
            | door | push | pull hard |
            |---|---|---|
            | **OPEN** | ignored: it is open | → SHUT |
            | **SHUT** | → OPEN | → SHUT |
            | **BRICKED_UP** | refused: there is a wall | refused: there is a wall |
            """);
  }
}
