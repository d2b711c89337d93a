package dev.gatehouse.facts;

/**
 * The steps of one movement of money: {@code OPEN ⊏ {DONE, NEVER} ⊏ UNDONE}.
 *
 * <p>{@code NEVER ⊏ UNDONE} lets a provider that says only "failed" be understood: seen done and
 * then seen failed, in either order, is undone.
 */
public enum MovementStep implements Step<MovementStep> {
  /** Under way; the money has not moved. */
  OPEN,
  /** The money has moved. */
  DONE,
  /** The money did not move, and will not. */
  NEVER,
  /** The money had moved, and is back. */
  UNDONE;

  @Override
  public boolean precedes(MovementStep later) {
    return this == OPEN ? later != OPEN : this != UNDONE && later == UNDONE;
  }
}
