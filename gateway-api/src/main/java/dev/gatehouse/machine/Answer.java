package dev.gatehouse.machine;

/**
 * What a machine says to a trigger in a state.
 *
 * @param <S> the states
 */
public sealed interface Answer<S extends Enum<S>> {
  /** Go to the state, which may be the same one. */
  record GoTo<S extends Enum<S>>(S state) implements Answer<S> {}

  /** Nothing changes, and that is right. */
  record Ignore<S extends Enum<S>>(String why) implements Answer<S> {}

  /** Not possible in this state. */
  record Refuse<S extends Enum<S>>(String why) implements Answer<S> {}
}
