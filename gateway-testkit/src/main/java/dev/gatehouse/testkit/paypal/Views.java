package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Dispute;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import dev.gatehouse.testkit.paypal.Entries.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** PayPal's records as PayPal writes them. */
final class Views {
  /** PayPal's id of the one payer there is. */
  static final String PAYER = "QYR5Z8XDVJNXQ";

  private static final BigDecimal FEE = new BigDecimal("0.029");

  private Views() {}

  static ObjectNode order(Order order) {
    ObjectNode node =
        Json.object()
            .put("id", order.id)
            .put("intent", order.authorizes ? "AUTHORIZE" : "CAPTURE")
            .put("status", order.status);
    wallet(order, node);
    ArrayNode units = node.putArray("purchase_units");
    order.units.forEach(unit -> units.add(unit(order, unit)));
    if (order.approvedAt != null) {
      payer(node.putObject("payer"));
    }
    node.put("create_time", order.createdAt.toString());
    if (order.showsUpdates || order.is("COMPLETED")) {
      node.put("update_time", order.updatedAt.toString());
    }
    orderLinks(order, node.putArray("links"));
    return node;
  }

  /** What an answer holds if nobody asks for more. */
  static ObjectNode minimal(ObjectNode full) {
    ObjectNode node = Json.object();
    for (String field : new String[] {"id", "status", "status_details", "payment_source"}) {
      if (full.has(field)) {
        node.set(field, full.get(field));
      }
    }
    node.set("links", full.get("links"));
    return node;
  }

  private static void wallet(Order order, ObjectNode node) {
    if (order.approvedAt != null) {
      ObjectNode wallet = node.putObject("payment_source").putObject("paypal");
      wallet
          .put("email_address", "payer@example.com")
          .put("account_id", PAYER)
          .put("account_status", "VERIFIED");
      VaultViews.ofOrder(wallet, order);
    } else if (order.namesWallet) {
      node.putObject("payment_source").putObject("paypal");
    }
  }

  private static void payer(ObjectNode payer) {
    payer.put("email_address", "payer@example.com").put("payer_id", PAYER);
    payer.putObject("name").put("given_name", "Pat").put("surname", "Payer");
    payer.putObject("address").put("country_code", "US");
  }

  private static ObjectNode unit(Order order, Unit unit) {
    ObjectNode node = Json.object().put("reference_id", unit.referenceId);
    ObjectNode amount = money(unit.amount);
    if (unit.breakdown != null) {
      amount.set("breakdown", unit.breakdown);
    }
    node.set("amount", amount);
    payee(order, node);
    optional(node, "description", unit.description);
    optional(node, "custom_id", unit.customId);
    optional(node, "invoice_id", unit.invoiceId);
    optional(node, "soft_descriptor", unit.softDescriptor);
    if (unit.items != null) {
      node.set("items", unit.items);
    }
    if (!unit.holds.isEmpty() || !unit.captures.isEmpty()) {
      ObjectNode payments = node.putObject("payments");
      if (!unit.holds.isEmpty()) {
        ArrayNode holds = payments.putArray("authorizations");
        unit.holds.forEach(hold -> holds.add(hold(hold)));
      }
      if (!unit.captures.isEmpty()) {
        ArrayNode captures = payments.putArray("captures");
        unit.captures.forEach(capture -> captures.add(capture(capture)));
      }
      if (!unit.refunds.isEmpty()) {
        ArrayNode refunds = payments.putArray("refunds");
        unit.refunds.forEach(refund -> refunds.add(refund(refund)));
      }
    }
    return node;
  }

  static ObjectNode hold(Hold hold) {
    ObjectNode node = Json.object().put("id", hold.id).put("status", hold.status);
    details(node, hold.reason);
    processor(node, hold.response);
    node.set("amount", money(hold.amount));
    optional(node, "custom_id", hold.unit.customId);
    optional(node, "invoice_id", hold.unit.invoiceId);
    node.put("expiration_time", hold.expiresAt.toString());
    times(node, hold.createdAt, hold.updatedAt);
    ArrayNode links = node.putArray("links");
    String path = "/v2/payments/authorizations/" + hold.id;
    link(hold.order, links, path, "self", "GET");
    if (hold.isAlive()) {
      link(hold.order, links, path + "/capture", "capture", "POST");
      link(hold.order, links, path + "/void", "void", "POST");
      link(hold.order, links, path + "/reauthorize", "reauthorize", "POST");
    }
    link(hold.order, links, "/v2/checkout/orders/" + hold.order.id, "up", "GET");
    return node;
  }

  /** With what only its own address and its notices show. */
  static ObjectNode holdAlone(Hold hold) {
    ObjectNode node = hold(hold);
    related(node).put("order_id", hold.order.id);
    payee(hold.order, node);
    return node;
  }

  static ObjectNode capture(Capture capture) {
    ObjectNode node = Json.object().put("id", capture.id).put("status", capture.status);
    details(node, capture.reason);
    processor(node, capture.response);
    node.set("amount", money(capture.amount));
    node.put("final_capture", capture.isFinal);
    optional(node, "custom_id", capture.unit.customId);
    optional(node, "invoice_id", capture.invoiceId);
    node.putObject("seller_protection").put("status", "ELIGIBLE");
    if (capture.arrived) {
      receivable(capture.amount, node.putObject("seller_receivable_breakdown"));
    }
    times(node, capture.createdAt, capture.updatedAt);
    ArrayNode links = node.putArray("links");
    String path = "/v2/payments/captures/" + capture.id;
    link(capture.order, links, path, "self", "GET");
    link(capture.order, links, path + "/refund", "refund", "POST");
    String up =
        capture.hold == null
            ? "/v2/checkout/orders/" + capture.order.id
            : "/v2/payments/authorizations/" + capture.hold.id;
    link(capture.order, links, up, "up", "GET");
    return node;
  }

  /** With what only its own address and its notices show. */
  static ObjectNode captureAlone(Capture capture) {
    ObjectNode node = capture(capture);
    ObjectNode related = related(node).put("order_id", capture.order.id);
    if (capture.hold != null) {
      related.put("authorization_id", capture.hold.id);
    }
    payee(capture.order, node);
    return node;
  }

  private static void receivable(Amount amount, ObjectNode node) {
    RoundingMode up = RoundingMode.HALF_UP;
    int decimals = Amount.isWhole(amount.currency()) ? 0 : 2;
    Amount fee = new Amount(amount.currency(), amount.value().multiply(FEE).setScale(decimals, up));
    node.set("gross_amount", money(amount));
    node.set("paypal_fee", money(fee));
    node.set("net_amount", money(amount.minus(fee)));
  }

  static ObjectNode refund(Refund refund) {
    ObjectNode node = Json.object().put("id", refund.id).put("status", refund.status);
    node.set("amount", money(refund.amount));
    optional(node, "custom_id", refund.customId);
    optional(node, "invoice_id", refund.invoiceId);
    optional(node, "note_to_payer", refund.note);
    times(node, refund.createdAt, refund.updatedAt);
    ArrayNode links = node.putArray("links");
    link(refund.capture.order, links, "/v2/payments/refunds/" + refund.id, "self", "GET");
    link(refund.capture.order, links, "/v2/payments/captures/" + refund.capture.id, "up", "GET");
    return node;
  }

  static ObjectNode dispute(Dispute dispute) {
    Capture capture = dispute.capture;
    ObjectNode node =
        Json.object()
            .put("dispute_id", dispute.id)
            .put("create_time", dispute.createdAt.toString())
            .put("update_time", dispute.updatedAt.toString())
            .put("reason", dispute.reason)
            .put("status", dispute.status);
    node.set("dispute_amount", money(capture.amount));
    if (dispute.outcome != null) {
      node.putObject("dispute_outcome").put("outcome_code", dispute.outcome);
    }
    ObjectNode transaction = node.putArray("disputed_transactions").addObject();
    transaction.put("seller_transaction_id", capture.id);
    optional(transaction, "custom", capture.unit.customId);
    optional(transaction, "invoice_number", capture.invoiceId);
    ArrayNode links = node.putArray("links");
    link(capture.order, links, "/v1/customer/disputes/" + dispute.id, "self", "GET");
    return node;
  }

  static ObjectNode money(Amount amount) {
    return Json.object().put("currency_code", amount.currency()).put("value", amount.text());
  }

  private static void payee(Order order, ObjectNode node) {
    node.putObject("payee")
        .put("email_address", "merchant@example.com")
        .put("merchant_id", order.app.merchantId());
  }

  private static ObjectNode related(ObjectNode node) {
    return node.putObject("supplementary_data").putObject("related_ids");
  }

  private static void processor(ObjectNode node, @Nullable String response) {
    if (response != null) {
      node.putObject("processor_response").put("response_code", response);
    }
  }

  private static void details(ObjectNode node, @Nullable String reason) {
    if (reason != null) {
      node.putObject("status_details").put("reason", reason);
    }
  }

  private static void times(ObjectNode node, Instant created, Instant updated) {
    node.put("create_time", created.toString()).put("update_time", updated.toString());
  }

  private static void optional(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  private static void orderLinks(Order order, ArrayNode links) {
    String path = "/v2/checkout/orders/" + order.id;
    link(order, links, path, "self", "GET");
    if (order.is("CREATED") || order.is("PAYER_ACTION_REQUIRED")) {
      links
          .addObject()
          .put("href", payerPage(order))
          .put("rel", order.is("CREATED") ? "approve" : "payer-action")
          .put("method", "GET");
    }
    if (order.is("CREATED") || order.is("APPROVED")) {
      link(order, links, path, "update", "PATCH");
      String next = order.authorizes ? "authorize" : "capture";
      link(order, links, path + "/" + next, next, "POST");
    }
  }

  /** Where the payer approves the order. */
  static String payerPage(Order order) {
    String site = order.app.live() ? "www.paypal.com" : "www.sandbox.paypal.com";
    return "https://" + site + "/checkoutnow?token=" + order.id;
  }

  private static void link(Order order, ArrayNode links, String path, String rel, String method) {
    links
        .addObject()
        .put("href", "https://" + order.app.host() + path)
        .put("rel", rel)
        .put("method", method);
  }
}
