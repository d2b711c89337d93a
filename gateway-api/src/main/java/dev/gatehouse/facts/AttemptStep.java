package dev.gatehouse.facts;

/**
 * The steps of one attempt to pay (a provider's charge): {@code STARTED ⊏ ACTION_NEEDED ⊏ APPROVED
 * ⊏ PROCESSING ⊏ {SUCCEEDED, FAILED}}.
 */
public enum AttemptStep implements Step<AttemptStep> {
  /** The provider knows of it. */
  STARTED,
  /** The customer must do something, such as authenticate or approve. */
  ACTION_NEEDED,
  /** The customer did it; the provider waits for us to complete the attempt. */
  APPROVED,
  /** The provider or the bank is working on it. */
  PROCESSING,
  /** The money is taken or held; of a set-up, the method is stored. */
  SUCCEEDED,
  /** Declined, or given up. */
  FAILED;

  @Override
  public boolean precedes(AttemptStep later) {
    return ordinal() < later.ordinal() && this != SUCCEEDED;
  }
}
