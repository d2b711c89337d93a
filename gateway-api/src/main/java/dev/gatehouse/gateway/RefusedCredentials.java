package dev.gatehouse.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.validation.SingleLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, each time, that a provider refuses our credentials: that concerns every
 * payment, no retry helps, and many an answer that says so is kept nowhere.
 */
final class RefusedCredentials {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedCredentials.class);

  private RefusedCredentials() {}

  /** Logs it, in the gateway's words, if that is what an answer says. */
  static void tellOf(GatewayInstanceId id, Object answer) {
    Failures.of(answer)
        .filter(failure -> failure.category() == ErrorCategory.AUTHENTICATION)
        .ifPresent(
            failure ->
                LOG.error(
                    "gateway {}: its provider refused its credentials: {}", id, words(failure)));
  }

  private static String words(Failure failure) {
    boolean onOneLine = SingleLine.Rule.isOneLine(failure.message());
    return onOneLine ? failure.message() : "(its words are not fit to be shown)";
  }
}
