package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Capture;
import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Dispute;
import dev.gatehouse.testkit.stripe.Entries.Event;
import dev.gatehouse.testkit.stripe.Entries.Refund;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Refunds, disputes, balance transactions and events as JSON. */
final class MoneyViews {
  private static final int EMBEDDED = 10;
  private static final long DISPUTE_FEE = 1500;
  private static final Duration RESPONSE_TIME = Duration.ofDays(7);

  private MoneyViews() {}

  static ObjectNode refund(Refund refund, Expand expand) {
    Charge charge = refund.charge;
    ObjectNode node =
        Json.object()
            .put("id", refund.id)
            .put("object", "refund")
            .put("amount", refund.amount)
            .put("created", refund.createdAt.getEpochSecond())
            .put("currency", charge.intent.currency)
            .put("reason", refund.reason)
            .put("status", refund.status)
            .putNull("receipt_number")
            .putNull("source_transfer_reversal")
            .putNull("transfer_reversal");
    money(node, refund, expand);
    Views.reference(node, "charge", charge.id, expand, inner -> Views.charge(charge, inner));
    Views.reference(
        node,
        "payment_intent",
        charge.intent.id,
        expand,
        inner -> Views.intent(charge.intent, inner));
    node.putObject("destination_details").put("type", "card");
    if (refund.failureReason != null) {
      node.put("failure_reason", refund.failureReason)
          .put("failure_balance_transaction", refund.failureTransaction);
    }
    Views.metadata(node, refund.metadata);
    return node;
  }

  private static void money(ObjectNode node, Refund refund, Expand expand) {
    String id = refund.balanceTransaction;
    String currency = refund.charge.intent.currency;
    if (id == null) {
      node.putNull("balance_transaction");
    } else {
      Views.reference(
          node,
          "balance_transaction",
          id,
          expand,
          inner ->
              transaction(
                  id,
                  -refund.amount,
                  0,
                  currency,
                  "refund",
                  "refund",
                  refund.id,
                  refund.createdAt));
    }
  }

  /** The newest refunds of a charge, as they stand in it when asked for. */
  static ObjectNode refunds(Charge charge, Expand expand) {
    List<Refund> newest = new ArrayList<>(charge.refunds);
    Collections.reverse(newest);
    Expand each = expand.within("data");
    ObjectNode list =
        Json.object()
            .put("object", "list")
            .put("has_more", newest.size() > EMBEDDED)
            .put("url", "/v1/charges/" + charge.id + "/refunds");
    ArrayNode data = list.putArray("data");
    newest.stream().limit(EMBEDDED).forEach(refund -> data.add(refund(refund, each)));
    return list;
  }

  static ObjectNode dispute(Dispute dispute, Expand expand) {
    Charge charge = dispute.charge;
    String currency = charge.intent.currency;
    ObjectNode node =
        Json.object()
            .put("id", dispute.id)
            .put("object", "dispute")
            .put("amount", dispute.amount)
            .put("created", dispute.createdAt.getEpochSecond())
            .put("currency", currency)
            .put("is_charge_refundable", dispute.withdrawal == null)
            .put("livemode", charge.intent.account.isLive())
            .put("reason", dispute.reason)
            .put("status", dispute.status);
    ArrayNode transactions = node.putArray("balance_transactions");
    money(transactions, dispute.withdrawal, -dispute.amount, DISPUTE_FEE, dispute);
    money(transactions, dispute.reinstatement, dispute.amount, 0, dispute);
    Views.reference(node, "charge", charge.id, expand, inner -> Views.charge(charge, inner));
    Views.reference(
        node,
        "payment_intent",
        charge.intent.id,
        expand,
        inner -> Views.intent(charge.intent, inner));
    node.putObject("evidence");
    node.putObject("evidence_details")
        .put("due_by", dispute.createdAt.plus(RESPONSE_TIME).getEpochSecond())
        .put("has_evidence", dispute.status.equals("under_review"))
        .put("past_due", false)
        .put("submission_count", dispute.status.equals("under_review") ? 1 : 0);
    node.putObject("metadata");
    return node;
  }

  private static void money(
      ArrayNode list, @Nullable String id, long amount, long fee, Dispute dispute) {
    if (id != null) {
      list.add(
          transaction(
              id,
              amount,
              fee,
              dispute.charge.intent.currency,
              "adjustment",
              amount < 0 ? "dispute" : "dispute_reversal",
              dispute.id,
              dispute.createdAt));
    }
  }

  static ObjectNode ofCharge(Charge charge, String id) {
    Capture booked =
        charge.captures.stream()
            .filter(one -> one.transaction().equals(id))
            .findFirst()
            .orElseThrow();
    long fee = booked.amount() * 29 / 1000 + 30;
    return transaction(
        id,
        booked.amount(),
        fee,
        charge.intent.currency,
        "charge",
        "charge",
        charge.id,
        booked.at());
  }

  private static ObjectNode transaction(
      String id,
      long amount,
      long fee,
      String currency,
      String type,
      String category,
      String source,
      Instant at) {
    ObjectNode node =
        Json.object()
            .put("id", id)
            .put("object", "balance_transaction")
            .put("amount", amount)
            .put("available_on", at.plus(Duration.ofDays(2)).getEpochSecond())
            .put("created", at.getEpochSecond())
            .put("currency", currency)
            .putNull("description")
            .putNull("exchange_rate")
            .put("fee", fee)
            .put("net", amount - fee)
            .put("reporting_category", category)
            .put("source", source)
            .put("status", "pending")
            .put("type", type);
    node.putArray("fee_details");
    return node;
  }

  static ObjectNode event(Event event) {
    ObjectNode node =
        Json.object()
            .put("id", event.id())
            .put("object", "event")
            .put("api_version", StripeEmulator.API_VERSION)
            .put("created", event.createdAt().getEpochSecond())
            .put("livemode", event.account().isLive())
            .put("pending_webhooks", 1)
            .put("type", event.type());
    node.putObject("data").set("object", event.object());
    node.putObject("request").put("id", event.requestId()).put("idempotency_key", event.key());
    return node;
  }
}
