package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A fact that truly changes back and forth, such as the status of a dispute. Joining keeps the
 * higher version.
 *
 * <p>The version is the provider's update time, or else the number of our fetch, which the engine
 * stamps ({@link #unstamped(Object)}). A gateway uses one of the two for a given register, always.
 * Two values under one version are a conflict: both are kept and there is no {@link #value()}.
 *
 * @param version the higher the newer; {@link #NONE} when nothing was seen, {@link #UNSTAMPED} when
 *     the engine has yet to stamp it
 * @param values the values seen at that version
 * @param <T> the type of the value, immutable, with value equality
 */
public record Register<T>(long version, Set<T> values) implements Joinable<Register<T>> {
  /** The version of a register that was never seen. */
  public static final long NONE = Long.MIN_VALUE;

  /** The version of a register that waits for the number of its fetch. */
  public static final long UNSTAMPED = Long.MIN_VALUE + 1;

  private static final Register<?> UNKNOWN = new Register<>(NONE, Set.of());

  /** Copies the values, so that no caller can change them later. */
  public Register {
    values = Set.copyOf(values);
  }

  /** Nothing seen yet. */
  @SuppressWarnings("unchecked") // it holds nothing of any type
  public static <T> Register<T> unknown() {
    return (Register<T>) UNKNOWN;
  }

  /** A value from a provider that does not date it; the engine stamps it with the fetch number. */
  public static <T> Register<T> unstamped(T value) {
    return new Register<>(UNSTAMPED, Set.of(required("value", value)));
  }

  /** A value with the time at which the provider says that it last changed. */
  public static <T> Register<T> updatedAt(Instant time, T value) {
    return new Register<>(millis(required("time", time)), Set.of(required("value", value)));
  }

  /** A time too far off for a long is as far as a long goes: only the order counts. */
  private static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? UNSTAMPED + 1 : Long.MAX_VALUE;
    }
  }

  /** The value, when exactly one was seen at the newest version. */
  public Optional<T> value() {
    return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
  }

  /** Whether two values were seen under one version. */
  public boolean isConflict() {
    return values.size() > 1;
  }

  /** This value under the number of the fetch that saw it, unless the provider dated it. */
  Register<T> stamped(long fetch) {
    return version == UNSTAMPED ? new Register<>(fetch, values) : this;
  }

  @Override
  public Register<T> join(Register<T> other) {
    if (version != other.version) {
      return version > other.version ? this : other;
    }
    return new Register<>(version, new Flat<>(values).join(new Flat<>(other.values)).values());
  }
}
