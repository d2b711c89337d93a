package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.ForeignText;
import java.util.Optional;

/**
 * One announcement in a genuine webhook.
 *
 * @param id the provider's id of what it announces, the event; the same id is handled once. Empty
 *     if the provider has none and says no more than "look there": then every delivery is looked
 *     into. Never the id of the payment, which would hide all announcements after the first
 * @param type the provider's name of what happened; may be empty
 * @param hint the payment that is worth a look
 */
public record WebhookNotice(Optional<String> id, String type, PaymentHint hint) {
  /** Refuses missing parts and a malformed id. */
  public WebhookNotice {
    required("type", type);
    required("hint", hint);
    if (required("id", id).filter(String::isBlank).isPresent()) {
      throw new InvalidInputException(
          new Problem("id", "required", "is blank", "leave it out if the provider has none"));
    }
    id.ifPresent(given -> ForeignText.id("id", given));
  }

  /** An announcement that the provider gave an id. */
  public static WebhookNotice of(String id, String type, PaymentHint hint) {
    return new WebhookNotice(Optional.of(required("id", id)), type, hint);
  }

  /** An announcement of a provider that gives none an id. */
  public static WebhookNotice withoutId(String type, PaymentHint hint) {
    return new WebhookNotice(Optional.empty(), type, hint);
  }
}
