package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A fact that only moves on through steps. Joining keeps the later step. Two steps of which neither
 * is later are the one step that both lead to, where there is one; else they are a {@linkplain
 * #isConflict() conflict}, and both are kept.
 *
 * @param latest the latest steps seen, none before another; empty when nothing was seen
 * @param <S> the steps
 */
public record Chain<S extends Enum<S> & Step<S>>(Set<S> latest) implements Joinable<Chain<S>> {

  /** Keeps only the latest of the steps. */
  public Chain {
    latest = Chain.<S>latestOf(latest);
  }

  /** No step seen yet. */
  public static <S extends Enum<S> & Step<S>> Chain<S> unknown() {
    return new Chain<S>(Set.of());
  }

  /** One step seen. */
  public static <S extends Enum<S> & Step<S>> Chain<S> at(S step) {
    return new Chain<>(Set.of(required("step", step)));
  }

  /** The step, when there is exactly one latest. */
  public Optional<S> value() {
    return latest.size() == 1 ? Optional.of(latest.iterator().next()) : Optional.empty();
  }

  /** Whether the fact is at this step now and no other. */
  public boolean isAt(S step) {
    return latest.size() == 1 && latest.contains(step);
  }

  /**
   * Whether the step, or one after it, was seen. Once true, it stays true whatever is joined: the
   * only kind of condition that may raise an event.
   */
  public boolean reached(S step) {
    for (S seen : latest) {
      if (seen == step || step.precedes(seen)) {
        return true;
      }
    }
    return false;
  }

  /** Whether steps were seen that exclude each other. */
  public boolean isConflict() {
    return latest.size() > 1;
  }

  @Override
  public Chain<S> join(Chain<S> other) {
    if (latest.containsAll(other.latest)) {
      return this;
    }
    if (latest.isEmpty()) {
      return other;
    }
    Set<S> union = EnumSet.copyOf(latest);
    union.addAll(other.latest);
    return new Chain<>(union);
  }

  private static <S extends Enum<S> & Step<S>> Set<S> latestOf(Set<S> steps) {
    if (steps.size() < 2) {
      return Set.copyOf(steps);
    }
    Set<S> maximal = EnumSet.copyOf(steps);
    maximal.removeIf(step -> steps.stream().anyMatch(step::precedes));
    return Collections.unmodifiableSet(maximal.size() < 2 ? maximal : met(maximal));
  }

  /** Steps that exclude each other, or the only step that all of them lead to. */
  private static <S extends Enum<S> & Step<S>> Set<S> met(Set<S> steps) {
    Set<S> later = EnumSet.complementOf(EnumSet.copyOf(steps));
    later.removeIf(step -> !steps.stream().allMatch(seen -> seen.precedes(step)));
    return later.size() == 1 ? later : steps;
  }
}
