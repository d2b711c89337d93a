package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

/**
 * One announcement in a genuine webhook.
 *
 * @param id the provider's id of the announcement; the same id is handled once
 * @param type the provider's name of what happened
 * @param hint the payment that is worth a look
 */
public record WebhookNotice(String id, String type, PaymentHint hint) {
  /** Refuses missing parts. */
  public WebhookNotice {
    required("id", id);
    required("type", type);
    required("hint", hint);
  }
}
