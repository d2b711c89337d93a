package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A fact with one value for ever: a currency, our reference, the amount of one movement.
 *
 * <p>Two different sightings are a {@linkplain #isConflict() conflict}. It is kept and shown, never
 * guessed away: a conflicting fact has no {@link #value()}.
 *
 * @param values every distinct value seen; empty when nothing was
 * @param <T> the type of the value, immutable, with value equality
 */
public record Flat<T>(Set<T> values) implements Joinable<Flat<T>> {

  private static final Flat<?> UNKNOWN = new Flat<>(Set.of());

  /** Copies the values, so that no caller can change them later. */
  public Flat {
    values = values.size() < 2 ? Set.copyOf(values) : frozen(values);
  }

  /** Nothing seen yet. */
  @SuppressWarnings("unchecked") // it holds nothing of any type
  public static <T> Flat<T> unknown() {
    return (Flat<T>) UNKNOWN;
  }

  /** One value seen. */
  public static <T> Flat<T> of(T value) {
    return new Flat<>(Set.of(required("value", value)));
  }

  /** The value, when exactly one was seen. */
  public Optional<T> value() {
    return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
  }

  /** Whether this value, perhaps among others, was seen. */
  public boolean has(T value) {
    return values.contains(value);
  }

  /** Whether nothing was seen yet. */
  public boolean isUnknown() {
    return values.isEmpty();
  }

  /** Whether contradicting values were seen. */
  public boolean isConflict() {
    return values.size() > 1;
  }

  @Override
  public Flat<T> join(Flat<T> other) {
    if (values.containsAll(other.values)) {
      return this;
    }
    if (other.values.containsAll(values)) {
      return other;
    }
    Set<T> union = new LinkedHashSet<>(values);
    union.addAll(other.values);
    return new Flat<>(union);
  }

  private static <T> Set<T> frozen(Set<T> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
