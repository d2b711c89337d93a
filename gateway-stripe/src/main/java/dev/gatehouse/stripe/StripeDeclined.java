package dev.gatehouse.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Snapshot;
import java.util.Optional;

/** Reads the error of a declined card: it shows the intent, and names the charge that failed. */
final class StripeDeclined {
  private StripeDeclined() {}

  static Snapshot.Builder facts(PaymentIntent intent, StripeError error) {
    return StripeFacts.guarded(
        () -> {
          Snapshot.Builder seen = StripeFacts.intent(intent);
          Optional.ofNullable(error.getCharge())
              .ifPresent(charge -> seen.attempt(charge, failed(intent, error)));
          return seen;
        });
  }

  private static Attempt failed(PaymentIntent intent, StripeError error) {
    return Attempt.at(AttemptStep.FAILED)
        .with(StripeFacts.money(intent.getAmount(), intent.getCurrency()))
        .causedBy(StripeFacts.metadata(intent.getMetadata(), StripeFacts.OPERATION))
        .with(StripeErrors.decline(error));
  }
}
