package dev.gatehouse.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.PaymentHint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which payment an event is about. Whatever its API version: only ids are read. */
final class StripeHints {
  /** The events that say something of a payment; Stripe filters by up to twenty types. */
  static final List<String> TYPES =
      List.of(
          "payment_intent.amount_capturable_updated",
          "payment_intent.canceled",
          "payment_intent.payment_failed",
          "payment_intent.processing",
          "payment_intent.requires_action",
          "payment_intent.succeeded",
          "charge.captured",
          "charge.expired",
          "charge.failed",
          "charge.pending",
          "charge.refunded",
          "charge.succeeded",
          "charge.dispute.closed",
          "charge.dispute.created",
          "charge.dispute.funds_reinstated",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.updated",
          "refund.created",
          "refund.failed",
          "refund.updated");

  private StripeHints() {}

  /** Empty for an object that belongs to no payment. */
  static Optional<PaymentHint> of(JsonObject object) {
    boolean itself = text(object, "object").filter("payment_intent"::equals).isPresent();
    Optional<String> intent = text(object, itself ? "id" : "payment_intent");
    Optional<String> reference =
        object.get("metadata") instanceof JsonObject metadata
            ? text(metadata, StripeFacts.REFERENCE)
            : Optional.empty();
    return intent.map(
        id -> new PaymentHint(reference, Set.of(new ProviderId(StripeFacts.INTENT, id))));
  }

  /** A text; of a reference that was expanded, its id. */
  static Optional<String> text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    if (value instanceof JsonObject expanded) {
      return text(expanded, "id");
    }
    boolean isText = value != null && value.isJsonPrimitive() && !value.getAsString().isEmpty();
    return isText ? Optional.of(value.getAsString()) : Optional.empty();
  }
}
