package dev.gatehouse.testkit.reference;

import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.testkit.reference.Entries.Authorization;
import dev.gatehouse.testkit.reference.Entries.Capture;
import dev.gatehouse.testkit.reference.Entries.Cause;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.ChargeStatus;
import dev.gatehouse.testkit.reference.Entries.Dispute;
import dev.gatehouse.testkit.reference.Entries.Event;
import dev.gatehouse.testkit.reference.Entries.Method;
import dev.gatehouse.testkit.reference.Entries.Refund;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the provider writes its records. */
final class ChargeJson {
  private static final CurrencyProfile MONEY = CurrencyProfile.iso();

  private ChargeJson() {}

  /** A charge, or a set-up, which has no amount. */
  static ObjectNode charge(Charge charge, @Nullable Method stored) {
    boolean setUp = charge.order.setUp();
    ObjectNode node =
        Json.object()
            .put("object", setUp ? "setup" : "charge")
            .put("id", charge.id)
            .put("account", charge.account.id())
            .put("livemode", charge.account.isLive())
            .put("reference", charge.order.reference())
            .put("status", charge.status.wire());
    node.put("created_at", charge.createdAt.toString())
        .put("method", charge.order.methodType())
        .put("stored_method", charge.storedMethod);
    if (stored != null) {
      node.set("stored", method(stored));
    }
    cause(node, charge.cause);
    action(node, charge);
    decline(node, charge);
    if (setUp) {
      return node;
    }
    money(node, charge.amount());
    node.put("capture", charge.order.manual() ? "manual" : "automatic");
    if (charge.authorization != null) {
      node.set("authorization", authorization(charge.authorization, charge.cause));
    }
    lists(node, charge);
    return node;
  }

  static ObjectNode method(Method method) {
    return Json.object()
        .put("object", "method")
        .put("id", method.id)
        .put("account", method.account().id())
        .put("customer", method.customer)
        .put("removed", method.removed)
        .put("brand", "testcard")
        .put("last_digits", "4242")
        .put("expires", "2039-12")
        .put("fingerprint", method.fingerprint());
  }

  private static void lists(ObjectNode node, Charge charge) {
    ArrayNode captures = node.putArray("captures");
    charge.captures.forEach(capture -> captures.add(capture(capture)));
    ArrayNode refunds = node.putArray("refunds");
    charge.refunds.forEach(refund -> refunds.add(refund(refund)));
    ArrayNode disputes = node.putArray("disputes");
    charge.disputes.forEach(dispute -> disputes.add(dispute(dispute)));
  }

  static ObjectNode authorization(Authorization authorization, Cause cause) {
    ObjectNode node =
        Json.object()
            .put("object", "authorization")
            .put("id", authorization.id)
            .put("status", authorization.status)
            .put("updated_at", authorization.createdAt.toString())
            .put("expires_at", authorization.expiresAt.toString());
    money(node, authorization.amount);
    cause(node, cause);
    return node;
  }

  static ObjectNode capture(Capture capture) {
    ObjectNode node =
        Json.object()
            .put("object", "capture")
            .put("id", capture.id())
            .put("status", "succeeded")
            .put("authorization", capture.authorization());
    money(node, capture.amount());
    cause(node, capture.cause());
    return node;
  }

  static ObjectNode refund(Refund refund) {
    ObjectNode node =
        Json.object()
            .put("object", "refund")
            .put("id", refund.id)
            .put("status", refund.status.wire())
            .put("capture", refund.capture.id());
    money(node, refund.amount);
    cause(node, refund.cause);
    return node;
  }

  private static ObjectNode dispute(Dispute dispute) {
    ObjectNode node =
        Json.object()
            .put("object", "dispute")
            .put("id", dispute.id)
            .put("status", dispute.status)
            .put("reason", "fraudulent")
            .put("updated_at", dispute.updatedAt.toString());
    money(node, dispute.amount);
    node.put("withdrawal", dispute.withdrawal).put("reinstatement", dispute.reinstatement);
    return node;
  }

  static ObjectNode event(Event event) {
    ObjectNode node =
        Json.object()
            .put("object", "event")
            .put("id", event.id())
            .put("type", event.type())
            .put("created_at", event.at().toString())
            .put("account", event.charge().account.id())
            .put("livemode", event.charge().account.isLive());
    node.putObject("data")
        .put(event.charge().order.setUp() ? "setup" : "charge", event.charge().id)
        .put("reference", event.charge().order.reference())
        .put("subject", event.subject());
    return node;
  }

  private static void action(ObjectNode node, Charge charge) {
    if (charge.status == ChargeStatus.REQUIRES_ACTION && charge.action != null) {
      node.putObject("action")
          .put("type", "redirect")
          .put("url", charge.order.base() + "/actions/" + charge.action.id)
          .put("expires_at", charge.action.expiresAt.toString());
    }
  }

  private static void decline(ObjectNode node, Charge charge) {
    if (charge.refusal != null) {
      node.putObject("decline")
          .put("code", charge.refusal.code())
          .put("message", charge.refusal.message())
          .put("advice", charge.refusal.advice());
    }
  }

  private static void money(ObjectNode node, Money money) {
    node.put("amount", MONEY.toDecimal(money)).put("currency", money.getCurrencyUnit().getCode());
  }

  private static void cause(ObjectNode node, Cause cause) {
    node.putObject("metadata").put("operation_key", cause.operationKey());
  }
}
