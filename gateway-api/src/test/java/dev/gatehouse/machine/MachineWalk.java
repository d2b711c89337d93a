package dev.gatehouse.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;

/**
 * Walks the whole of a machine.
 *
 * @param machine the machine
 * @param states its states
 * @param triggers its triggers
 * @param <S> the states
 * @param <T> the triggers
 */
public record MachineWalk<S extends Enum<S>, T extends Enum<T>>(
    Machine<S, T> machine, Class<S> states, Class<T> triggers) {

  /** Every pair of state and trigger has an answer, and the reason of each refusal is said. */
  public void assertEveryPairIsAnswered() {
    for (S state : states.getEnumConstants()) {
      for (T trigger : triggers.getEnumConstants()) {
        Answer<S> answer = machine.answer(state, trigger);
        assertThat(answer).as(state + " × " + trigger).isNotNull();
        if (answer instanceof Answer.Refuse<S> refused) {
          assertThat(refused.why()).as(state + " × " + trigger).isNotBlank();
        } else if (answer instanceof Answer.Ignore<S> ignored) {
          assertThat(ignored.why()).as(state + " × " + trigger).isNotBlank();
        }
      }
    }
  }

  /** There is a path from the initial state to every state. */
  public void assertEveryStateIsReachable() {
    assertThat(reachable()).containsExactlyInAnyOrder(states.getEnumConstants());
  }

  /** In these states, none of the triggers leads anywhere. */
  public void assertNothingMoves(Set<S> in, Set<T> by) {
    for (S state : in) {
      for (T trigger : by) {
        assertThat(machine.answer(state, trigger))
            .as(state + " × " + trigger)
            .isNotInstanceOf(Answer.GoTo.class);
      }
    }
  }

  /** None of the triggers is ever refused: what was seen can't be argued with. */
  public void assertNeverRefused(Set<T> seen) {
    for (S state : states.getEnumConstants()) {
      for (T trigger : seen) {
        assertThat(machine.answer(state, trigger))
            .as(state + " × " + trigger)
            .isNotInstanceOf(Answer.Refuse.class);
      }
    }
  }

  /** The table and the diagram are those of the file. */
  public void assertPrintsAs(String file) {
    String printed = machine.markdown() + "\n```mermaid\n" + machine.mermaid() + "```\n";
    assertThat(printed).as("a change of the rules is a change of " + file).isEqualTo(text(file));
  }

  private Set<S> reachable() {
    Set<S> found = EnumSet.of(machine.initial());
    Deque<S> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      S state = open.remove();
      for (T trigger : triggers.getEnumConstants()) {
        S next = machine.after(state, trigger);
        if (found.add(next)) {
          open.add(next);
        }
      }
    }
    return found;
  }

  private static String text(String file) {
    try (InputStream in = MachineWalk.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
