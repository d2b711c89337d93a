package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Customer;
import dev.gatehouse.testkit.stripe.Entries.Method;
import dev.gatehouse.testkit.stripe.Entries.SetUp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SetupIntents and customers as JSON. */
final class SetUpViews {
  private SetUpViews() {}

  static ObjectNode setUp(SetUp setUp, Expand expand) {
    ObjectNode node =
        Json.object()
            .put("id", setUp.id)
            .put("object", "setup_intent")
            .put("client_secret", setUp.id + "_secret_" + setUp.id.hashCode())
            .put("created", setUp.createdAt.getEpochSecond())
            .put("description", setUp.description)
            .put("latest_attempt", setUp.attempt)
            .put("livemode", setUp.account.isLive())
            .put("status", setUp.status)
            .put("usage", setUp.usage);
    List.of(
            "application",
            "automatic_payment_methods",
            "cancellation_reason",
            "flow_directions",
            "mandate",
            "on_behalf_of",
            "single_use_mandate")
        .forEach(node::putNull);
    owner(node, setUp.customer, expand);
    node.set("last_setup_error", setUp.lastError);
    Views.metadata(node, setUp.metadata);
    node.set("next_action", nextAction(setUp));
    Method method = setUp.method;
    Optional<Expand> whole = expand.of("payment_method");
    if (method != null && whole.isPresent()) {
      node.set("payment_method", Views.method(method, whole.get()));
    } else {
      node.put("payment_method", method == null ? null : method.id);
    }
    node.putObject("payment_method_options")
        .putObject("card")
        .putNull("mandate_options")
        .putNull("network")
        .put("request_three_d_secure", "automatic");
    node.putArray("payment_method_types").add("card");
    return node;
  }

  private static @Nullable ObjectNode nextAction(SetUp setUp) {
    if (!setUp.status.equals("requires_action")) {
      return null;
    }
    ObjectNode action = Json.object();
    String url = setUp.base + "/test/authenticate/" + setUp.id + "/" + setUp.challenges;
    if (setUp.returnUrl == null) {
      action.put("type", "use_stripe_sdk");
      action
          .putObject("use_stripe_sdk")
          .put("type", "three_d_secure_redirect")
          .put("stripe_js", url)
          .put("source", "src_" + setUp.id);
    } else {
      action.put("type", "redirect_to_url");
      action.putObject("redirect_to_url").put("url", url).put("return_url", setUp.returnUrl);
    }
    return action;
  }

  /** The error of a declined card; nothing was charged. */
  static ObjectNode declined(Method method, StripeToken.Refusal refusal) {
    ObjectNode node = Json.object();
    if (refusal.advice() != null) {
      node.put("advice_code", refusal.advice());
    }
    node.put("code", refusal.code());
    if (refusal.declineCode() != null) {
      node.put("decline_code", refusal.declineCode());
    }
    node.put("message", refusal.message()).set("payment_method", Views.method(method));
    return node.put("type", "card_error");
  }

  static ObjectNode notAuthenticated(Method method) {
    ObjectNode node =
        Json.object()
            .put("code", "setup_intent_authentication_failure")
            .put("message", "The provided PaymentMethod has failed authentication.");
    node.set("payment_method", Views.method(method));
    return node.put("type", "invalid_request_error");
  }

  /** The customer of something, who may be asked for as an object. */
  static void owner(ObjectNode node, @Nullable Customer customer, Expand expand) {
    boolean whole = expand.of("customer").isPresent();
    if (customer != null && whole) {
      node.set("customer", customer(customer));
    } else {
      node.put("customer", customer == null ? null : customer.id);
    }
  }

  static ObjectNode customer(Customer customer) {
    if (customer.deleted) {
      return Json.object().put("id", customer.id).put("object", "customer").put("deleted", true);
    }
    ObjectNode node =
        Json.object()
            .put("id", customer.id)
            .put("object", "customer")
            .put("balance", 0)
            .put("created", customer.createdAt.getEpochSecond())
            .put("delinquent", false)
            .put("email", customer.email)
            .put("invoice_prefix", "GATE")
            .put("livemode", customer.account.isLive())
            .put("name", customer.name)
            .put("next_invoice_sequence", 1)
            .put("tax_exempt", "none");
    List.of(
            "address",
            "currency",
            "default_source",
            "description",
            "discount",
            "phone",
            "shipping",
            "test_clock")
        .forEach(node::putNull);
    ObjectNode invoices = node.putObject("invoice_settings");
    List.of("custom_fields", "default_payment_method", "footer", "rendering_options")
        .forEach(invoices::putNull);
    node.putArray("preferred_locales");
    Views.metadata(node, customer.metadata);
    return node;
  }
}
