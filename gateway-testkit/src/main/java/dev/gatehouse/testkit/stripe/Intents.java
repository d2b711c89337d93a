package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import dev.gatehouse.testkit.stripe.Entries.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What may become of a PaymentIntent. Called under the lock of {@link Desk}. */
final class Intents {
  private final Desk desk;
  private final Disputes disputes;
  private final Refunds refunds;

  Intents(Desk desk, Disputes disputes, Refunds refunds) {
    this.desk = desk;
    this.disputes = disputes;
    this.refunds = refunds;
  }

  void created(Intent intent) {
    intent.status = intent.method == null ? "requires_payment_method" : "requires_confirmation";
    desk.add(intent);
    happened("payment_intent.created", intent);
  }

  /**
   * Tries to take the money with the intent's method.
   *
   * @param away whether the customer is not there to authenticate
   * @throws ApiError if the card is declined
   */
  void confirm(Intent intent, boolean away, @Nullable String key) {
    boolean open =
        intent.is("requires_confirmation")
            || intent.is("requires_payment_method")
            || intent.is("requires_action");
    if (!open || intent.method == null) {
      throw ApiError.state(
          "payment_intent_unexpected_state",
          "You cannot confirm this PaymentIntent because it has a status of "
              + intent.status
              + (intent.method == null ? " and no payment method." : "."));
    }
    Method method = intent.method;
    if (method.token.wantsAuthentication() && !away) {
      intent.status = "requires_action";
      intent.challenges++;
      happened("payment_intent.requires_action", intent);
      return;
    }
    StripeToken.Refusal refusal =
        method.token.wantsAuthentication()
            ? StripeToken.Refusal.AUTHENTICATION
            : method.token.refusal().orElse(null);
    charge(intent, method, refusal, false, key);
  }

  private void charge(
      Intent intent,
      Method method,
      StripeToken.@Nullable Refusal refusal,
      boolean authenticated,
      @Nullable String key) {
    Charge charge = new Charge(desk.id("ch"), intent, method, desk.now(), key, authenticated);
    desk.add(charge);
    intent.lastError = null;
    if (refusal != null) {
      fail(intent, charge, refusal);
      ObjectNode error = intent.lastError == null ? Json.object() : intent.lastError.deepCopy();
      error.set("payment_intent", Views.intent(intent, Expand.none()));
      throw ApiError.card(error.put("request_log_url", "https://dashboard.stripe.com/test/logs"));
    }
    charge.status = "succeeded";
    if (intent.manual) {
      hold(intent, charge);
    } else {
      take(intent, charge, charge.amount);
      happened("charge.succeeded", charge);
      succeeded(intent);
    }
    disputes.afterCharge(charge);
  }

  private void fail(Intent intent, Charge charge, StripeToken.Refusal refusal) {
    charge.status = "failed";
    charge.refusal = refusal;
    intent.status = "requires_payment_method";
    intent.lastError = Views.lastError(charge, refusal);
    intent.method = null;
    happened("charge.failed", charge);
    happened("payment_intent.payment_failed", intent);
  }

  private void hold(Intent intent, Charge charge) {
    intent.status = "requires_capture";
    charge.captureBefore = desk.after(desk.options().holdLife(), () -> expire(intent));
    happened("charge.succeeded", charge);
    happened("payment_intent.amount_capturable_updated", intent);
  }

  private void take(Intent intent, Charge charge, long amount) {
    charge.captured = amount;
    charge.isCaptured = true;
    charge.capturedAt = desk.now();
    charge.balanceTransaction = desk.id("txn");
  }

  private void succeeded(Intent intent) {
    intent.status = "succeeded";
    happened("payment_intent.succeeded", intent);
  }

  /** The customer authenticated; the charge is made without another call of the merchant. */
  void authenticated(Intent intent) {
    Method method = intent.method;
    if (!intent.is("requires_action") || method == null) {
      throw ApiError.state("payment_intent_unexpected_state", "Nothing is to be authenticated.");
    }
    boolean declined = method.token == StripeToken.THREE_D_SECURE_DECLINED;
    try {
      charge(intent, method, declined ? StripeToken.Refusal.GENERIC : null, true, intent.key);
    } catch (ApiError e) {
      // The customer's browser hears of it; the merchant hears of it by event.
    }
  }

  /** The customer failed to authenticate: there is an error, and no charge. */
  void notAuthenticated(Intent intent) {
    Method method = intent.method;
    if (!intent.is("requires_action") || method == null) {
      throw ApiError.state("payment_intent_unexpected_state", "Nothing is to be authenticated.");
    }
    intent.status = "requires_payment_method";
    intent.lastError = Views.notAuthenticated(method);
    intent.method = null;
    happened("payment_intent.payment_failed", intent);
  }

  void capture(Intent intent, long amount, @Nullable String key) {
    Charge charge = intent.latestCharge();
    if (!intent.is("requires_capture") || charge == null) {
      throw ApiError.state(
          "payment_intent_unexpected_state",
          "This PaymentIntent could not be captured because it has a status of "
              + intent.status
              + ". Only a PaymentIntent with one of the following statuses may be captured:"
              + " requires_capture.");
    }
    if (amount > charge.amount) {
      throw ApiError.state(
          "amount_too_large", "The amount to capture is more than what is authorized.");
    }
    intent.captureKey = key;
    charge.holdEnd = "exhausted";
    take(intent, charge, amount);
    happened("charge.captured", charge);
    refunds.release(charge, charge.amount - amount, null);
    succeeded(intent);
  }

  void cancel(Intent intent, @Nullable String reason, @Nullable String key) {
    if (intent.is("succeeded") || intent.is("canceled")) {
      throw ApiError.state(
          "payment_intent_unexpected_state",
          "You cannot cancel this PaymentIntent because it has a status of " + intent.status + ".");
    }
    Charge charge = intent.latestCharge();
    if (intent.is("requires_capture") && charge != null) {
      charge.holdEnd = "voided";
      refunds.release(charge, charge.amount, null);
    }
    intent.cancelKey = key;
    canceled(intent, reason);
  }

  private void canceled(Intent intent, @Nullable String reason) {
    intent.status = "canceled";
    intent.canceledAt = desk.now();
    intent.cancellationReason = reason;
    happened("payment_intent.canceled", intent);
  }

  /** The hold is over: its intent is cancelled. */
  void expire(Intent intent) {
    Charge charge = intent.latestCharge();
    if (intent.is("requires_capture") && charge != null) {
      charge.holdEnd = "expired";
      happened("charge.expired", charge);
      refunds.release(charge, charge.amount, "expired_uncaptured_charge");
      canceled(intent, "expired");
    }
  }

  void happened(String type, Intent intent) {
    desk.happened(type, intent.account, Views.intent(intent, Expand.none()));
  }

  private void happened(String type, Charge charge) {
    desk.happened(type, charge.intent.account, Views.charge(charge, Expand.none()));
  }
}
