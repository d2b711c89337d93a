package dev.gatehouse.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.PaymentHint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which payment an event is about. Whatever its API version: only ids are read. */
final class StripeHints {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  /** The events that say something of a payment. */
  static final List<String> TYPES =
      List.of(
          "checkout.session.async_payment_failed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.completed",
          "checkout.session.expired",
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
          "setup_intent.canceled",
          "setup_intent.requires_action",
          "setup_intent.setup_failed",
          "setup_intent.succeeded",
          "refund.created",
          "refund.failed",
          "refund.updated",
          "payment_method.automatically_updated",
          "payment_method.detached",
          "payment_method.updated");

  /** How the types begin that are about payments and set-ups, also those that are not listed. */
  private static final List<String> PREFIXES =
      List.of("payment_intent.", "checkout.session.", "setup_intent.", "charge.", "refund.");

  /** What happens to an intent at the same time, and is told by that. */
  private static final Set<String> TOLD_TWICE =
      Set.of("charge.expired", "charge.failed", "charge.pending", "charge.succeeded");

  /** What is under way is polled, and how a card is to be called can wait for the next look. */
  private static final Set<String> CAN_WAIT =
      Set.of(
          "payment_intent.processing", "payment_intent.requires_action", "payment_method.updated");

  /** Those that a list is asked for: Stripe takes up to twenty. Set-ups are polled. */
  static final List<String> LISTED =
      TYPES.stream()
          .filter(type -> !TOLD_TWICE.contains(type) && !CAN_WAIT.contains(type))
          .filter(type -> !type.startsWith("setup_intent."))
          .toList();

  private StripeHints() {}

  /** Whether an event of this type may say something of a payment. */
  static boolean matters(String type) {
    return TYPES.contains(type) || PREFIXES.stream().anyMatch(type::startsWith);
  }

  /** Empty for an object that belongs to no payment. */
  static Optional<PaymentHint> of(JsonObject object) {
    boolean itself = isA(StripeFacts.INTENT, object);
    Optional<String> reference =
        object.get("metadata") instanceof JsonObject metadata
            ? text(metadata, StripeFacts.REFERENCE).filter(StripeHints::isReference)
            : Optional.empty();
    Set<ProviderId> ids = new TreeSet<>();
    add(ids, StripeFacts.INTENT, text(object, itself ? "id" : StripeFacts.INTENT));
    if (reference.isPresent() && isA("checkout.session", object)) {
      add(ids, StripeCheckout.SESSION, text(object, "id"));
    }
    if (reference.isPresent() && isA(StripeSetUps.SETUP_INTENT, object)) {
      add(ids, StripeSetUps.SETUP_INTENT, text(object, "id"));
    }
    if (isA(StripeStored.METHOD, object)) {
      add(ids, StripeStored.METHOD, text(object, "id"));
    }
    return ids.isEmpty() ? Optional.empty() : Optional.of(new PaymentHint(reference, ids));
  }

  private static void add(Set<ProviderId> ids, String kind, Optional<String> id) {
    id.filter(text -> ID.matcher(text).matches())
        .ifPresent(text -> ids.add(new ProviderId(kind, text)));
  }

  /** Whether this can be a reference of ours. */
  static boolean isReference(String text) {
    return PaymentId.isWellFormed(text);
  }

  private static boolean isA(String kind, JsonObject object) {
    return text(object, "object").filter(kind::equals).isPresent();
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
