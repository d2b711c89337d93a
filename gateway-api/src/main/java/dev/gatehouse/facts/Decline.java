package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ErrorCategory;

/**
 * A refusal by the provider, the network or the bank. It belongs to an attempt, not to a payment.
 *
 * @param code ours; decisions are made from it
 * @param advice the network's advice; {@link DeclineAdvice#NONE} when there was none
 * @param rawCode the provider's own code, kept for people; empty when there was none
 * @param rawMessage the provider's own words, kept for people and told to hooks; empty when there
 *     were none, or when they would name the customer
 */
public record Decline(DeclineCode code, DeclineAdvice advice, String rawCode, String rawMessage) {

  /** Refuses missing parts. */
  public Decline {
    required("code", code);
    required("advice", advice);
    required("rawCode", rawCode);
    required("rawMessage", rawMessage);
  }

  /** With no advice and nothing raw. */
  public static Decline of(DeclineCode code) {
    return new Decline(code, DeclineAdvice.NONE, "", "");
  }

  /** Whether the same method may be tried again, within the networks' retry budget. */
  public boolean isRetryable() {
    return advice != DeclineAdvice.DO_NOT_TRY_AGAIN
        && code.category().retry() == ErrorCategory.Retry.NEW_ATTEMPT;
  }
}
