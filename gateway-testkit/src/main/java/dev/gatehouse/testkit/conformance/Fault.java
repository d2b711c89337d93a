package dev.gatehouse.testkit.conformance;

/** What the network or the provider does to one request of a gateway. */
enum Fault {
  /** Nobody answers the connection: nothing was sent. */
  REFUSED,
  /** Nobody knows an address for the provider's name: nothing was sent. */
  NO_NAME,
  /** It was sent, never reached the provider, and no answer came. */
  LOST_REQUEST,
  /** The provider did what it was asked, and its answer was lost. */
  LOST_ANSWER,
  /** 500, and nothing was done. */
  FAILS_BEFORE,
  /** 500, and it was done all the same. */
  FAILS_AFTER,
  /** 502 by somebody between, after it was done. */
  BAD_GATEWAY,
  /** 503 by somebody between, before it was done. */
  UNAVAILABLE,
  /** 503 by somebody between, after it was done. */
  UNAVAILABLE_AFTER,
  /** 504 by somebody between, after it was done. */
  GATEWAY_TIMEOUT,
  /** 401, as of a key that the provider does not know; nothing was done. */
  UNAUTHORIZED,
  /** 403, as of a key that lacks a permission; nothing was done. */
  FORBIDDEN,
  /** 429 with Retry-After, and nothing was done. */
  RATE_LIMITED,
  /** 429 with a date for Retry-After, as RFC 9110 allows, and nothing was done. */
  RATE_LIMITED_UNTIL,
  /** It was done, and the answer is cut off in the middle. */
  TRUNCATED,
  /** It was done, and the answer is a page for people. */
  HTML,
  /** 200 by somebody between, with an error in it that is not the provider's; it was not done. */
  ERROR_IN_GOOD_ANSWER,
  /** It was done, and the answer is empty. */
  EMPTY,
  /** 404 by somebody between, with a page for people, after it was done. */
  NOT_FOUND_PAGE,
  /** It was done, and the answer is an error of nobody's under a good status. */
  ERROR_UNDER_200;

  /** Whether no byte of it leaves. */
  boolean isBeforeSending() {
    return this == REFUSED || this == NO_NAME;
  }

  /** Whether the provider does what it was asked. */
  boolean acts() {
    return switch (this) {
      case LOST_ANSWER,
          FAILS_AFTER,
          BAD_GATEWAY,
          UNAVAILABLE_AFTER,
          GATEWAY_TIMEOUT,
          TRUNCATED,
          HTML,
          EMPTY,
          NOT_FOUND_PAGE,
          ERROR_UNDER_200 ->
          true;
      case REFUSED,
          NO_NAME,
          LOST_REQUEST,
          FAILS_BEFORE,
          UNAVAILABLE,
          UNAUTHORIZED,
          FORBIDDEN,
          RATE_LIMITED,
          RATE_LIMITED_UNTIL,
          ERROR_IN_GOOD_ANSWER ->
          false;
    };
  }
}
