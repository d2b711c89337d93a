package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Refund;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The call that makes a refund: what it accepts, and what it answers. */
final class RefundCalls {
  private final Desk desk;
  private final Refunds refunds;

  RefundCalls(Desk desk, Refunds refunds) {
    this.desk = desk;
    this.refunds = refunds;
  }

  ObjectNode create(StripeAccount account, Params params, @Nullable String key) {
    Optional<String> chargeId = params.text("charge");
    Optional<String> intentId = params.text("payment_intent");
    Optional<Long> amount = params.integer("amount");
    Optional<String> reason =
        params.oneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
    Map<String, String> metadata = params.metadata();
    Expand expand = params.expand().only("balance_transaction", "charge", "payment_intent");
    params.done();
    Charge charge = charge(account, chargeId, intentId);
    if (amount.isPresent()) {
      if (amount.get() < 1) {
        throw ApiError.parameter(
            "parameter_invalid_integer", "amount", "This value must be at least 1.");
      }
      Amounts.step(amount.get(), charge.intent.currency, "amount");
    }
    Refund refund = refunds.create(charge, amount.orElseGet(() -> refunds.refundable(charge)), key);
    refund.reason = reason.orElse(null);
    metadata.forEach(refund.metadata::put);
    refunds.announce(refund);
    return MoneyViews.refund(refund, expand);
  }

  private Charge charge(
      StripeAccount account, Optional<String> chargeId, Optional<String> intentId) {
    if (chargeId.isPresent()) {
      return desk.charge(account, chargeId.get());
    }
    if (intentId.isEmpty()) {
      throw ApiError.parameter(
          "parameter_missing",
          "charge",
          "One of the following params should be provided for this request: payment_intent or"
              + " charge.");
    }
    Charge latest = desk.intent(account, intentId.get()).latestCharge();
    if (latest == null || latest.status.equals("failed")) {
      throw ApiError.parameter(
          "resource_missing",
          "payment_intent",
          "This PaymentIntent does not have a successful charge to refund.");
    }
    return latest;
  }
}
