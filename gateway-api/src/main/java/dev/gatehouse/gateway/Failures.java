package dev.gatehouse.gateway;

import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.WebhookAnswer;
import java.util.Optional;

/** Why a gateway's answer, of whatever kind, is none. */
final class Failures {
  private Failures() {}

  static Optional<Failure> of(Object answer) {
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
