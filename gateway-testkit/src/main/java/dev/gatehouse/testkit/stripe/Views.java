package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import dev.gatehouse.testkit.stripe.Entries.Method;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** PaymentIntents, payment methods and charges as JSON, with what is to be expanded. */
final class Views {
  private static final List<String> INTENT_NULLS =
      List.of(
          "application",
          "application_fee_amount",
          "on_behalf_of",
          "processing",
          "review",
          "shipping",
          "statement_descriptor",
          "transfer_data",
          "transfer_group");
  private static final List<String> CHARGE_NULLS =
      List.of(
          "application",
          "application_fee",
          "application_fee_amount",
          "customer",
          "failure_balance_transaction",
          "on_behalf_of",
          "receipt_number",
          "review",
          "shipping",
          "source_transfer",
          "statement_descriptor",
          "statement_descriptor_suffix",
          "transfer_data",
          "transfer_group");

  private Views() {}

  static ObjectNode intent(Intent intent, Expand expand) {
    ObjectNode node =
        Json.object()
            .put("id", intent.id)
            .put("object", "payment_intent")
            .put("amount", intent.amount)
            .put("amount_capturable", intent.capturable())
            .put("amount_received", intent.received())
            .put("canceled_at", Json.seconds(intent.canceledAt))
            .put("cancellation_reason", intent.cancellationReason)
            .put("capture_method", intent.manual ? "manual" : "automatic")
            .put("client_secret", clientSecret(intent))
            .put("confirmation_method", "automatic")
            .put("created", intent.createdAt.getEpochSecond())
            .put("currency", intent.currency)
            .put("description", intent.description);
    INTENT_NULLS.forEach(node::putNull);
    SetUpViews.owner(node, intent.customer, expand);
    if (intent.automatic == null) {
      node.putNull("automatic_payment_methods");
    } else {
      node.putObject("automatic_payment_methods")
          .put("allow_redirects", intent.automatic)
          .put("enabled", true);
    }
    node.putObject("amount_details").putObject("tip");
    node.set("last_payment_error", intent.lastError);
    latestCharge(node, intent, expand);
    node.put("livemode", intent.account.isLive());
    metadata(node, intent.metadata);
    node.set("next_action", nextAction(intent));
    method(node, intent.method, expand);
    ObjectNode options = node.putObject("payment_method_options").putObject("card");
    options.putNull("installments");
    if (intent.wantsParts) {
      options.put("request_multicapture", "if_available");
    }
    node.putArray("payment_method_types").add("card");
    return node.put("receipt_email", intent.receiptEmail)
        .put("setup_future_usage", intent.futureUsage)
        .put("statement_descriptor_suffix", intent.descriptorSuffix)
        .put("status", intent.status);
  }

  static String clientSecret(Intent intent) {
    return intent.id + "_secret_" + intent.id.hashCode();
  }

  private static void latestCharge(ObjectNode node, Intent intent, Expand expand) {
    Charge latest = intent.latestCharge();
    Optional<Expand> inner = expand.of("latest_charge");
    if (latest != null && inner.isPresent()) {
      node.set("latest_charge", charge(latest, inner.get()));
    } else {
      node.put("latest_charge", latest == null ? null : latest.id);
    }
  }

  private static void method(ObjectNode node, @Nullable Method method, Expand expand) {
    Optional<Expand> inner = expand.of("payment_method");
    if (method != null && inner.isPresent()) {
      node.set("payment_method", method(method, inner.get()));
    } else {
      node.put("payment_method", method == null ? null : method.id);
    }
  }

  /** A redirect if we know where the customer is to come back to, else a job for the script. */
  private static @Nullable ObjectNode nextAction(Intent intent) {
    if (!intent.is("requires_action")) {
      return null;
    }
    ObjectNode action = Json.object();
    if (intent.returnUrl == null) {
      action.put("type", "use_stripe_sdk");
      action
          .putObject("use_stripe_sdk")
          .put("type", "three_d_secure_redirect")
          .put("stripe_js", intent.actionUrl())
          .put("source", "src_" + intent.id);
    } else {
      action.put("type", "redirect_to_url");
      action
          .putObject("redirect_to_url")
          .put("url", intent.actionUrl())
          .put("return_url", intent.returnUrl);
    }
    return action;
  }

  static ObjectNode method(Method method) {
    return method(method, Expand.none());
  }

  static ObjectNode method(Method method, Expand expand) {
    ObjectNode node =
        Json.object()
            .put("id", method.id)
            .put("object", "payment_method")
            .put("created", method.createdAt.getEpochSecond())
            .put("livemode", method.account.isLive())
            .put("type", method.isDebit ? "sepa_debit" : "card");
    SetUpViews.owner(node, method.customer, expand);
    billing(node);
    node.putObject("metadata");
    if (method.isDebit) {
      node.set("sepa_debit", debit().putNull("generated_from"));
    } else {
      node.set(
          "card",
          card(method, method.expires).putNull("generated_from").put("display_brand", "visa"));
    }
    return node;
  }

  private static ObjectNode debit() {
    return Json.object()
        .put("bank_code", "37040044")
        .putNull("branch_code")
        .put("country", "DE")
        .put("fingerprint", "fpDE89")
        .put("last4", "3000");
  }

  private static ObjectNode card(Method method, YearMonth expires) {
    return Json.object()
        .put("brand", method.token.brand())
        .put("country", "US")
        .put("exp_month", expires.getMonthValue())
        .put("exp_year", expires.getYear())
        .put("fingerprint", "fp" + method.token.last4())
        .put("funding", "credit")
        .put("last4", method.token.last4())
        .putNull("wallet");
  }

  private static void billing(ObjectNode node) {
    ObjectNode billing = node.putObject("billing_details");
    ObjectNode address = billing.putObject("address");
    List.of("city", "country", "line1", "line2", "postal_code", "state").forEach(address::putNull);
    List.of("email", "name", "phone").forEach(billing::putNull);
  }

  static void metadata(ObjectNode node, Map<String, String> metadata) {
    ObjectNode inner = node.putObject("metadata");
    metadata.forEach(inner::put);
  }

  static ObjectNode charge(Charge charge, Expand expand) {
    Intent intent = charge.intent;
    ObjectNode node =
        Json.object()
            .put("id", charge.id)
            .put("object", "charge")
            .put("amount", charge.amount)
            .put("amount_captured", charge.captured)
            .put("amount_refunded", charge.refunded())
            .put("calculated_statement_descriptor", "GATEHOUSE")
            .put("captured", charge.isCaptured)
            .put("created", charge.createdAt.getEpochSecond())
            .put("currency", intent.currency)
            .put("description", intent.description)
            .put("disputed", !charge.disputes.isEmpty());
    CHARGE_NULLS.forEach(node::putNull);
    node.put("customer", intent.customer == null ? null : intent.customer.id);
    money(node, charge, expand);
    billing(node);
    node.putObject("fraud_details");
    StripeToken.Refusal refusal = charge.refusal;
    node.put("failure_code", refusal == null ? null : refusal.code())
        .put("failure_message", refusal == null ? null : refusal.message())
        .put("livemode", intent.account.isLive());
    metadata(node, charge.metadata);
    node.set("outcome", outcome(refusal));
    node.put("paid", charge.status.equals("succeeded"));
    reference(node, "payment_intent", intent.id, expand, inner -> intent(intent, inner));
    node.put("payment_method", charge.method.id);
    node.set("payment_method_details", details(charge));
    node.put("receipt_email", intent.receiptEmail)
        .put("receipt_url", "https://pay.stripe.com/receipts/" + charge.id)
        .put("refunded", isRefunded(charge));
    expand.of("refunds").ifPresent(inner -> node.set("refunds", MoneyViews.refunds(charge, inner)));
    return node.put("status", charge.status);
  }

  /** Of a charge that is captured in parts, once no more of it will be. */
  private static boolean isRefunded(Charge charge) {
    return charge.isInParts()
        ? charge.isCaptured && charge.refunded() == charge.captured
        : charge.refunded() == charge.amount;
  }

  private static void money(ObjectNode node, Charge charge, Expand expand) {
    String id = charge.balanceTransaction();
    Optional<Expand> inner = expand.of("balance_transaction");
    if (id != null && inner.isPresent()) {
      node.set("balance_transaction", MoneyViews.ofCharge(charge, id));
    } else {
      node.put("balance_transaction", id);
    }
  }

  /** A reference that may be asked for as an object. */
  static void reference(
      ObjectNode node,
      String name,
      String id,
      Expand expand,
      java.util.function.Function<Expand, ObjectNode> view) {
    Optional<Expand> inner = expand.of(name);
    if (inner.isPresent()) {
      node.set(name, view.apply(inner.get()));
    } else {
      node.put(name, id);
    }
  }

  private static ObjectNode outcome(StripeToken.@Nullable Refusal refusal) {
    ObjectNode node = Json.object().put("risk_level", "normal").put("risk_score", 7);
    if (refusal == null) {
      return node.put("network_status", "approved_by_network")
          .putNull("reason")
          .put("seller_message", "Payment complete.")
          .put("type", "authorized");
    }
    boolean blocked = "fraudulent".equals(refusal.declineCode());
    return node.put("network_status", blocked ? "not_sent_to_network" : "declined_by_network")
        .put("advice_code", refusal.advice())
        .put("reason", blocked ? "highest_risk_level" : reason(refusal))
        .put("seller_message", "The bank did not return any further details.")
        .put("type", blocked ? "blocked" : "issuer_declined");
  }

  private static String reason(StripeToken.Refusal refusal) {
    return refusal.declineCode() == null ? refusal.code() : refusal.declineCode();
  }

  private static ObjectNode details(Charge charge) {
    if (charge.method.isDebit) {
      ObjectNode node = Json.object().put("type", "sepa_debit");
      node.set("sepa_debit", debit().putNull("mandate"));
      return node;
    }
    ObjectNode node = Json.object().put("type", "card");
    ObjectNode card =
        card(charge.method, Method.EXPIRES).put("network", charge.method.token.brand());
    card.put("amount_authorized", charge.status.equals("failed") ? null : charge.amount)
        .put("capture_before", Json.seconds(charge.captureBefore))
        .putNull("installments")
        .putNull("mandate");
    if (charge.intent.wantsParts) {
      card.putObject("multicapture")
          .put("status", charge.isInParts() ? "available" : "unavailable");
    }
    card.putObject("checks")
        .putNull("address_line1_check")
        .putNull("address_postal_code_check")
        .put("cvc_check", "pass");
    if (charge.authenticated) {
      card.putObject("three_d_secure")
          .put("authentication_flow", "challenge")
          .put("result", "authenticated")
          .putNull("result_reason")
          .put("version", "2.2.0");
    } else {
      card.putNull("three_d_secure");
    }
    node.set("card", card);
    return node;
  }

  /** The error of a declined card, as the intent keeps it. */
  static ObjectNode lastError(Charge charge, StripeToken.Refusal refusal) {
    ObjectNode node = Json.object();
    if (refusal.advice() != null) {
      node.put("advice_code", refusal.advice());
    }
    node.put("charge", charge.id).put("code", refusal.code());
    if (refusal.declineCode() != null) {
      node.put("decline_code", refusal.declineCode());
    }
    node.put("doc_url", "https://stripe.com/docs/error-codes/" + refusal.code().replace('_', '-'))
        .put("message", refusal.message())
        .set("payment_method", method(charge.method));
    return node.put("type", "card_error");
  }

  /** The error of a customer who failed to authenticate; there is no charge. */
  static ObjectNode notAuthenticated(Method method) {
    ObjectNode node =
        Json.object()
            .put("code", "payment_intent_authentication_failure")
            .put(
                "doc_url",
                "https://stripe.com/docs/error-codes/payment-intent-authentication-failure")
            .put(
                "message",
                "The provided PaymentMethod has failed authentication. You can provide"
                    + " payment_method_data or a new PaymentMethod to attempt to fulfill this"
                    + " PaymentIntent again.");
    node.set("payment_method", method(method));
    return node.put("type", "invalid_request_error");
  }
}
