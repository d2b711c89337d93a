package dev.gatehouse.facts;

/**
 * Knowledge that can be put together with other knowledge of its kind.
 *
 * <p>{@link #join} is associative, commutative and idempotent, so the order, repetition and
 * grouping of sightings cannot matter. Implementations are immutable.
 *
 * @param <T> the implementing type
 */
public interface Joinable<T extends Joinable<T>> {
  /** Everything that this and the other know; neither is changed, nothing is forgotten. */
  T join(T other);
}
