package dev.gatehouse.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.validation.SingleLine;
import java.util.Optional;
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
    failureOf(answer)
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

  private static Optional<Failure> failureOf(Object answer) {
    if (answer instanceof Outcome.NotSent notSent) {
      return Optional.of(notSent.failure());
    }
    if (answer instanceof Outcome.Unknown unknown) {
      return Optional.of(unknown.failure());
    }
    if (answer instanceof Lookup.CannotTell unclear) {
      return Optional.of(unclear.failure());
    }
    if (answer instanceof Changes.CannotTell unclear) {
      return Optional.of(unclear.failure());
    }
    return answer instanceof WebhookAnswer.CannotVerify unclear
        ? Optional.of(unclear.failure())
        : Optional.empty();
  }
}
