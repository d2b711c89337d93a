package dev.gatehouse.facts;

/**
 * The steps of one send of ours: {@code SAVED ⊏ SENT ⊏ {HAD_EFFECT, HAD_NONE}}. After a crash, a
 * send that is only saved may have been sent.
 */
public enum SendStep implements Step<SendStep> {
  /** The intent is committed; the request may or may not have left. */
  SAVED,
  /** The request left; what it did is unknown. */
  SENT,
  /** The provider acted on it. */
  HAD_EFFECT,
  /** The provider provably did nothing. */
  HAD_NONE;

  @Override
  public boolean precedes(SendStep later) {
    return ordinal() < later.ordinal() && ordinal() < HAD_EFFECT.ordinal();
  }
}
