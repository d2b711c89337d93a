package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ErrorCategory;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a call did not do what was asked. Holds no secret.
 *
 * @param category what kind of failure; says whether a retry may help
 * @param code the provider's code or a short word of the gateway's; empty when there is none
 * @param message for people
 * @param retryAfter how long the provider asks us to wait
 */
public record Failure(
    ErrorCategory category, String code, String message, Optional<Duration> retryAfter) {

  /** Refuses missing parts. */
  public Failure {
    required("category", category);
    required("code", code);
    required("message", message);
    required("retryAfter", retryAfter);
  }

  /** Without a wish of the provider for how long to wait. */
  public static Failure of(ErrorCategory category, String code, String message) {
    return new Failure(category, code, message, Optional.empty());
  }
}
