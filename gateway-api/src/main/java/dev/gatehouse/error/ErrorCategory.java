package dev.gatehouse.error;

/**
 * The one taxonomy of errors. It answers first "may I retry?" and then "why?".
 *
 * <p>Categories of a provider's answer and of our own refusals share this list, so that an operator
 * reads the same words everywhere.
 */
public enum ErrorCategory {
  /** The input was wrong, for us or for the provider. Nothing was done. */
  VALIDATION(Retry.NEVER),
  /** A setting is missing or wrong. No I/O happened. */
  CONFIGURATION(Retry.NEVER),
  /** The gateway does not declare what was asked of it. No I/O happened. */
  UNSUPPORTED(Retry.NEVER),
  /** An id that nobody knows. */
  NOT_FOUND(Retry.NEVER),
  /** The provider refused our credentials. Someone must look. */
  AUTHENTICATION(Retry.NEVER),
  /** The request provably never reached the provider. */
  NOT_SENT(Retry.SAME_KEY),
  /** The provider refused for now, and certainly did nothing. */
  RATE_LIMITED(Retry.SAME_KEY_LATER),
  /** The provider or the store is down, and certainly did nothing. */
  UNAVAILABLE(Retry.SAME_KEY_LATER),
  /** Nobody knows yet whether the request had an effect. */
  UNKNOWN_OUTCOME(Retry.LOOK_UP_FIRST),
  /** Declined for now; a later attempt or another method may succeed. */
  SOFT_DECLINE(Retry.NEW_ATTEMPT),
  /** Declined for good. */
  HARD_DECLINE(Retry.NEVER),
  /** The customer must authenticate. */
  AUTHENTICATION_REQUIRED(Retry.NEW_ATTEMPT),
  /** Blocked as fraud. */
  FRAUD_BLOCKED(Retry.NEVER),
  /** The provider says that it has done this already. */
  DUPLICATE(Retry.LOOK_UP_FIRST),
  /** Not possible in the state that the payment, checkout or membership is in. */
  INVALID_STATE(Retry.LOOK_UP_FIRST),
  /** The same idempotency key with other content. A bug of the caller. */
  IDEMPOTENCY_CONFLICT(Retry.NEVER),
  /** What the provider did is not what we asked for. Quarantined. */
  INTEGRITY_MISMATCH(Retry.NEVER);

  /** What a caller may do about an error of a category. */
  public enum Retry {
    /** Trying again cannot help. */
    NEVER,
    /** Try again at once, with the same idempotency key. */
    SAME_KEY,
    /** Back off, keep the provider's Retry-After, then try again with the same idempotency key. */
    SAME_KEY_LATER,
    /** Look up what happened before anything else. */
    LOOK_UP_FIRST,
    /** A new attempt (new key) is legitimate, within the networks' retry budget. */
    NEW_ATTEMPT
  }

  private final Retry retry;

  ErrorCategory(Retry retry) {
    this.retry = retry;
  }

  /** What a caller may do about an error of this category. */
  public Retry retry() {
    return retry;
  }
}
