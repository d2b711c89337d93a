package dev.gatehouse.machine;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A state machine as a table: every pair of state and trigger is answered. Immutable.
 *
 * @param <S> the states
 * @param <T> the triggers
 */
public final class Machine<S extends Enum<S>, T extends Enum<T>> {
  private final String name;
  private final S initial;
  private final Class<S> states;
  private final Class<T> triggers;
  private final Map<S, Map<T, Answer<S>>> table;

  private Machine(Builder<S, T> builder, Map<S, Map<T, Answer<S>>> table) {
    name = builder.name;
    initial = builder.initial;
    states = builder.states;
    triggers = builder.triggers;
    this.table = table;
  }

  /** Starts the table of a machine that begins in a state. */
  public static <S extends Enum<S>, T extends Enum<T>> Builder<S, T> builder(
      String name, S initial, Class<T> triggers) {
    return new Builder<>(name, initial, triggers);
  }

  /** The state in which it begins. */
  public S initial() {
    return initial;
  }

  /** What happens to a trigger in a state. */
  public Answer<S> answer(S state, T trigger) {
    return Objects.requireNonNull(
        row(table, required("state", state)).get(required("trigger", trigger)));
  }

  /** The state after something was seen: refusals and what is ignored leave it as it is. */
  public S after(S state, T trigger) {
    return answer(state, trigger) instanceof Answer.GoTo<S> go ? go.state() : state;
  }

  /** Throws {@link InvalidStateException} if a command is refused in this state. */
  public void demand(S state, T command) {
    if (answer(state, command) instanceof Answer.Refuse<S> refused) {
      throw new InvalidStateException(
          new Problem(
              name,
              name + "." + text(command).replace(' ', '-'),
              "is " + text(state) + ": " + refused.why(),
              "look at where it stands, and offer what that allows"));
    }
  }

  /** The states that the trigger can lead to from this one, and so the arrows of the diagram. */
  public String mermaid() {
    StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
    diagram.append("  [*] --> ").append(initial).append('\n');
    for (S state : states.getEnumConstants()) {
      Map<S, List<String>> arrows = new EnumMap<>(states);
      row(table, state)
          .forEach(
              (trigger, answer) -> {
                if (answer instanceof Answer.GoTo<S> go && go.state() != state) {
                  arrows.computeIfAbsent(go.state(), s -> new ArrayList<>()).add(text(trigger));
                }
              });
      arrows.forEach(
          (to, labels) ->
              diagram
                  .append("  ")
                  .append(state)
                  .append(" --> ")
                  .append(to)
                  .append(" : ")
                  .append(String.join(", ", labels))
                  .append('\n'));
    }
    return diagram.toString();
  }

  /** The whole table in Markdown: a row per state, a column per trigger. */
  public String markdown() {
    StringBuilder text = new StringBuilder("| " + name + " |");
    for (T trigger : triggers.getEnumConstants()) {
      text.append(' ').append(text(trigger)).append(" |");
    }
    text.append("\n|---|").append("---|".repeat(triggers.getEnumConstants().length)).append('\n');
    for (S state : states.getEnumConstants()) {
      text.append("| **").append(state).append("** |");
      row(table, state)
          .values()
          .forEach(answer -> text.append(' ').append(cell(answer)).append(" |"));
      text.append('\n');
    }
    return text.toString();
  }

  private String cell(Answer<S> answer) {
    if (answer instanceof Answer.GoTo<S> go) {
      return "→ " + go.state();
    }
    return answer instanceof Answer.Refuse<S> refused
        ? "refused: " + refused.why()
        : "ignored: " + ((Answer.Ignore<S>) answer).why();
  }

  /** The builder makes a row for every state. */
  private static <S extends Enum<S>, V> V row(Map<S, V> table, S state) {
    return Objects.requireNonNull(table.get(state));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Collects the table. Not thread-safe.
   *
   * @param <S> the states
   * @param <T> the triggers
   */
  public static final class Builder<S extends Enum<S>, T extends Enum<T>> {
    private final String name;
    private final S initial;
    private final Class<S> states;
    private final Class<T> triggers;
    private final Map<S, Map<T, Answer<S>>> table;

    private Builder(String name, S initial, Class<T> triggers) {
      this.name = name;
      this.initial = initial;
      this.states = initial.getDeclaringClass();
      this.triggers = triggers;
      this.table = new EnumMap<>(states);
      for (S state : states.getEnumConstants()) {
        table.put(state, new EnumMap<>(triggers));
      }
    }

    /** From each of the states, the trigger leads to a state. */
    public Builder<S, T> go(Set<S> from, T trigger, S to) {
      return put(from, trigger, new Answer.GoTo<>(to));
    }

    /** In each of the states, the trigger changes nothing, and that is right. */
    public Builder<S, T> ignore(Set<S> in, T trigger, String why) {
      return put(in, trigger, new Answer.Ignore<>(why));
    }

    /** In each of the states, the trigger is refused. */
    public Builder<S, T> refuse(Set<S> in, T trigger, String why) {
      return put(in, trigger, new Answer.Refuse<>(why));
    }

    /** The machine; throws {@link IllegalStateException} naming the pairs that have no answer. */
    public Machine<S, T> build() {
      List<String> missing = new ArrayList<>();
      table.forEach(
          (state, answers) -> {
            for (T trigger : triggers.getEnumConstants()) {
              if (!answers.containsKey(trigger)) {
                missing.add(state + " × " + trigger);
              }
            }
          });
      if (!missing.isEmpty()) {
        throw new IllegalStateException(name + " has no answer for " + missing);
      }
      Map<S, Map<T, Answer<S>>> copy = new EnumMap<>(states);
      table.forEach(
          (state, answers) -> copy.put(state, Collections.unmodifiableMap(new EnumMap<>(answers))));
      return new Machine<>(this, copy);
    }

    private Builder<S, T> put(Set<S> in, T trigger, Answer<S> answer) {
      for (S state : in) {
        if (row(table, state).putIfAbsent(trigger, answer) != null) {
          throw new IllegalStateException(name + " answers twice: " + state + " × " + trigger);
        }
      }
      return this;
    }
  }
}
