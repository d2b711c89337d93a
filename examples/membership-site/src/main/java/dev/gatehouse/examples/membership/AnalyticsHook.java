package dev.gatehouse.examples.membership;

import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.MembershipSummary;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.membership.MembershipState;
import java.io.IOException;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells Google Analytics 4, or what takes its place, about conversions, churn and failed payments.
 * No name, no address: what analytics is told of the customer is an id.
 */
final class AnalyticsHook {
  private final Sink analytics;

  private AnalyticsHook(Sink analytics) {
    this.analytics = analytics;
  }

  /** A hook that tells this service. */
  static LifecycleHook to(Sink analytics) {
    AnalyticsHook hook = new AnalyticsHook(analytics);
    return Hook.named("analytics")
        .on(CheckoutCompleted.class, hook::trackConversion)
        .onMembershipStatus(MembershipState.CANCELLED, hook::trackChurn)
        .on(PaymentFailed.class, hook::trackPaymentFailure);
  }

  private void trackConversion(CheckoutCompleted event, HookContext context) throws IOException {
    BigDecimal total = event.total().getAmount();
    ObjectNode params =
        Json.object()
            // A free checkout has no payment; its own id is as good.
            .put(
                "transaction_id",
                event.payment().map(p -> p.id().value()).orElse(event.checkout().value()))
            .put("value", total)
            .put("currency", event.total().getCurrencyUnit().getCode());
    event.membership().ifPresent(m -> params.putArray("items").add(item(m, total)));
    track("purchase", event, params);
  }

  private static ObjectNode item(MembershipSummary membership, BigDecimal price) {
    return Json.object()
        .put("item_id", membership.plan().value())
        .put("item_name", membership.planName())
        .put("category", "subscription")
        .put("quantity", 1)
        .put("price", price);
  }

  private void trackChurn(MembershipStatusChanged event, HookContext context) throws IOException {
    // A membership that was never paid for ends as well, but nobody leaves.
    if (event.from() == MembershipState.ACTIVE) {
      track("churn", event, Json.object().put("item_id", event.plan().value()));
    }
  }

  private void trackPaymentFailure(PaymentFailed event, HookContext context) throws IOException {
    track(
        "payment_failed",
        event,
        Json.object()
            .put("transaction_id", event.payment().value())
            .put("decline_code", event.decline().code().name())
            .put("retryable", event.decline().isRetryable()));
  }

  private void track(String name, LifecycleEvent about, ObjectNode params) throws IOException {
    ObjectNode body = Json.object();
    about.header().customer().ifPresent(customer -> body.put("client_id", customer.value()));
    body.put("timestamp_micros", about.header().at().toEpochMilli() * 1000);
    body.putArray("events").addObject().put("name", name).set("params", params);
    analytics.send("POST", "/analytics/collect", about, body);
  }
}
