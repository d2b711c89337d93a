package dev.gatehouse.facts;

/**
 * One step of a {@link Chain}: a finite partial order.
 *
 * @param <S> the implementing enum
 */
public interface Step<S extends Enum<S> & Step<S>> {
  /** Whether {@code later} can only be reached after (or instead of) this step; irreflexive. */
  boolean precedes(S later);
}
