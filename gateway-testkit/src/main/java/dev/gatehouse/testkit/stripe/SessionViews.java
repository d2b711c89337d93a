package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Intent;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Checkout Sessions as JSON, with what is to be expanded. */
final class SessionViews {
  private static final List<String> NULLS =
      List.of(
          "after_expiration",
          "allow_promotion_codes",
          "billing_address_collection",
          "client_reference_id",
          "consent",
          "consent_collection",
          "currency_conversion",
          "customer",
          "customer_details",
          "customer_email",
          "invoice",
          "locale",
          "payment_link",
          "recovered_from",
          "setup_intent",
          "shipping_address_collection",
          "shipping_cost",
          "submit_type",
          "subscription");

  private SessionViews() {}

  static ObjectNode session(Session session, Expand expand) {
    ObjectNode node =
        Json.object()
            .put("id", session.id)
            .put("object", "checkout.session")
            .put("amount_subtotal", session.amount)
            .put("amount_total", session.amount)
            .put("cancel_url", session.cancelUrl)
            .put("created", session.createdAt.getEpochSecond())
            .put("currency", session.currency)
            .put("customer_creation", "if_required")
            .put("expires_at", session.expiresAt.getEpochSecond());
    NULLS.forEach(node::putNull);
    node.putObject("automatic_tax").put("enabled", false).putNull("status");
    node.putArray("custom_fields");
    node.putObject("custom_text").putNull("shipping_address").putNull("submit");
    expand.of("line_items").ifPresent(inner -> node.set("line_items", lines(session)));
    node.put("livemode", session.account.isLive());
    Views.metadata(node, session.metadata);
    node.put("mode", "payment");
    intent(node, session, expand);
    node.put("payment_method_collection", "if_required");
    node.putObject("payment_method_options");
    node.putArray("payment_method_types").add("card");
    node.putObject("phone_number_collection").put("enabled", false);
    node.putArray("shipping_options");
    node.putObject("total_details")
        .put("amount_discount", 0)
        .put("amount_shipping", 0)
        .put("amount_tax", 0);
    return node.put("payment_status", session.paymentStatus)
        .put("status", session.status)
        .put("success_url", session.successUrl)
        .put("url", session.isOpen() ? session.url() : null);
  }

  private static void intent(ObjectNode node, Session session, Expand expand) {
    Intent intent = session.intent;
    if (intent == null) {
      expand.of("payment_intent");
      node.putNull("payment_intent");
    } else {
      Views.reference(
          node, "payment_intent", intent.id, expand, inner -> Views.intent(intent, inner));
    }
  }

  private static ObjectNode lines(Session session) {
    ObjectNode line =
        Json.object()
            .put("id", "li_" + session.id)
            .put("object", "item")
            .put("amount_discount", 0)
            .put("amount_subtotal", session.amount)
            .put("amount_tax", 0)
            .put("amount_total", session.amount)
            .put("currency", session.currency)
            .put("description", session.name)
            .putNull("price")
            .put("quantity", 1);
    ObjectNode list =
        Json.object()
            .put("object", "list")
            .put("has_more", false)
            .put("url", "/v1/checkout/sessions/" + session.id + "/line_items");
    list.putArray("data").add(line);
    return list;
  }
}
