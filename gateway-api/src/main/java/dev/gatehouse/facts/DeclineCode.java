package dev.gatehouse.facts;

import dev.gatehouse.error.ErrorCategory;

/**
 * Why a payment was declined, in words shared by several systems. Decisions come from the code,
 * never from a message.
 */
public enum DeclineCode {
  GENERIC_DECLINE(ErrorCategory.SOFT_DECLINE),
  DO_NOT_HONOR(ErrorCategory.SOFT_DECLINE),
  INSUFFICIENT_FUNDS(ErrorCategory.SOFT_DECLINE),
  EXPIRED_CARD(ErrorCategory.HARD_DECLINE),
  INCORRECT_NUMBER(ErrorCategory.HARD_DECLINE),
  INCORRECT_CVC(ErrorCategory.SOFT_DECLINE),
  INVALID_EXPIRY(ErrorCategory.HARD_DECLINE),
  ADDRESS_MISMATCH(ErrorCategory.SOFT_DECLINE),
  LOST_CARD(ErrorCategory.HARD_DECLINE),
  STOLEN_CARD(ErrorCategory.HARD_DECLINE),
  PICKUP_CARD(ErrorCategory.HARD_DECLINE),
  SUSPECTED_FRAUD(ErrorCategory.FRAUD_BLOCKED),
  AUTHENTICATION_REQUIRED(ErrorCategory.AUTHENTICATION_REQUIRED),
  CALL_ISSUER(ErrorCategory.SOFT_DECLINE),
  TRANSACTION_NOT_PERMITTED(ErrorCategory.HARD_DECLINE),
  RESTRICTED_CARD(ErrorCategory.HARD_DECLINE),
  CLOSED_ACCOUNT(ErrorCategory.HARD_DECLINE),
  LIMIT_EXCEEDED(ErrorCategory.SOFT_DECLINE),
  TRY_AGAIN_LATER(ErrorCategory.SOFT_DECLINE),
  ISSUER_UNAVAILABLE(ErrorCategory.SOFT_DECLINE),
  DO_NOT_RETRY(ErrorCategory.HARD_DECLINE),
  REVOCATION_OF_AUTHORIZATION(ErrorCategory.HARD_DECLINE),
  PROCESSING_ERROR(ErrorCategory.SOFT_DECLINE),
  INVALID_AMOUNT(ErrorCategory.HARD_DECLINE),
  CURRENCY_UNSUPPORTED(ErrorCategory.HARD_DECLINE),
  INCORRECT_PIN(ErrorCategory.SOFT_DECLINE),
  TEST_MODE_LIVE_CARD(ErrorCategory.HARD_DECLINE),
  /** The customer, or time, ended the attempt before it was decided. */
  ABANDONED(ErrorCategory.SOFT_DECLINE);

  private final ErrorCategory category;

  DeclineCode(ErrorCategory category) {
    this.category = category;
  }

  /** Whether the decline is soft, hard, fraud, or a demand to authenticate. */
  public ErrorCategory category() {
    return category;
  }
}
