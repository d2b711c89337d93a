package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import java.util.function.Function;
import java.util.function.Supplier;

/** What PayPal's answers mean for the calls of the SPI. */
final class Outcomes {
  private Outcomes() {}

  /** What an answer means; one that can't be read may still have had its effect. */
  static Outcome of(Supplier<Answer> sending, Function<Answer.Done, Outcome> done) {
    try {
      return of(sending.get(), done);
    } catch (InvalidInputException e) {
      // Before anything was sent: what PayPal can't write.
      return new Outcome.NotSent(
          Failure.of(ErrorCategory.VALIDATION, "request", String.valueOf(e.getMessage())));
    }
  }

  static Outcome of(Answer answer, Function<Answer.Done, Outcome> done) {
    try {
      if (answer instanceof Answer.Done good) {
        return done.apply(good);
      }
    } catch (Node.Unreadable e) {
      return new Outcome.Unknown(PayPalErrors.unreadable(e));
    }
    if (answer instanceof Answer.Declined declined) {
      return new Outcome.Declined(Snapshot.empty(), declined.decline());
    }
    return answer instanceof Answer.Refused refused
        ? new Outcome.NotSent(refused.failure())
        : new Outcome.Unknown(((Answer.Unsure) answer).failure());
  }
}
