package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Capture;
import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import dev.gatehouse.testkit.stripe.Entries.Method;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What may become of a PaymentIntent. Called under the lock of {@link Desk}. */
final class Intents {
  /** How long a bank takes for a debit. */
  private static final Duration DEBIT_TIME = Duration.ofDays(3);

  private static final int MOST_CAPTURES = 50;

  private final Desk desk;
  private final Disputes disputes;
  private final Refunds refunds;
  private Consumer<Intent> watcher = intent -> {};

  Intents(Desk desk, Disputes disputes, Refunds refunds) {
    this.desk = desk;
    this.disputes = disputes;
    this.refunds = refunds;
  }

  /** Who hears of every change of an intent. */
  void watchedBy(Consumer<Intent> who) {
    watcher = who;
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
    if (method.isDebit) {
      debit(intent, method, key);
      return;
    }
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
      take(charge, charge.amount, key);
      charge.isCaptured = true;
      happened("charge.succeeded", charge);
      succeeded(intent);
    }
    disputes.afterCharge(charge);
  }

  /** What is to be used again is stored for the customer, once a charge of it succeeded. */
  private void stored(Intent intent) {
    if (intent.futureUsage != null && intent.method != null) {
      desk.attach(intent.method, intent.customer);
    }
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
    stored(intent);
    intent.status = "requires_capture";
    charge.captureBefore = desk.after(desk.options().holdLife(), () -> expire(intent));
    happened("charge.succeeded", charge);
    happened("payment_intent.amount_capturable_updated", intent);
  }

  private void take(Charge charge, long amount, @Nullable String key) {
    charge.captured += amount;
    charge.captures.add(new Capture(desk.id("txn"), amount, desk.now(), key));
  }

  private void succeeded(Intent intent) {
    stored(intent);
    intent.status = "succeeded";
    happened("payment_intent.succeeded", intent);
  }

  /** The customer has a bank debited: the charge is pending until the bank has decided. */
  void debit(Intent intent, Method method, @Nullable String key) {
    intent.method = method;
    intent.lastError = null;
    Charge charge = new Charge(desk.id("py"), intent, method, desk.now(), key, false);
    charge.isCaptured = true;
    desk.add(charge);
    intent.status = "processing";
    happened("payment_intent.processing", intent);
    happened("charge.pending", charge);
    desk.after(
        DEBIT_TIME,
        () -> {
          if (intent.is("processing")) {
            settle(intent, true);
          }
        });
  }

  /** The bank has paid, or sends the debit back. */
  void settle(Intent intent, boolean paid) {
    Charge charge = intent.latestCharge();
    if (!intent.is("processing") || charge == null) {
      throw ApiError.state("payment_intent_unexpected_state", "No debit is under way.");
    }
    if (paid) {
      charge.status = "succeeded";
      take(charge, charge.amount, charge.key);
      happened("charge.succeeded", charge);
      succeeded(intent);
    } else {
      charge.isCaptured = false;
      fail(intent, charge, StripeToken.Refusal.DEBIT);
    }
  }

  /** The customer authenticated; the charge is made without another call of the merchant. */
  void authenticated(Intent intent) {
    Method method = intent.method;
    if (!intent.is("requires_action") || method == null) {
      throw ApiError.state("payment_intent_unexpected_state", "Nothing is to be authenticated.");
    }
    try {
      charge(
          intent, method, method.token.refusalAfterAuthentication().orElse(null), true, intent.key);
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

  /**
   * Takes held money.
   *
   * @param amount none to release what is left of a hold that was captured in part
   * @param last whether what is left is released
   */
  void capture(Intent intent, long amount, boolean last, @Nullable String key) {
    Charge charge = intent.latestCharge();
    if (!intent.is("requires_capture") || charge == null) {
      throw ApiError.state(
          "payment_intent_unexpected_state",
          "This PaymentIntent could not be captured because it has a status of "
              + intent.status
              + ". Only a PaymentIntent with one of the following statuses may be captured:"
              + " requires_capture.");
    }
    if (amount > intent.capturable()) {
      throw ApiError.state(
          "amount_too_large", "The amount to capture is more than what is authorized.");
    }
    if (charge.captures.size() == MOST_CAPTURES) {
      throw ApiError.state(
          "payment_intent_invalid_parameter", "A PaymentIntent can be captured 50 times.");
    }
    if (amount > 0) {
      take(charge, amount, key);
    }
    if (last) {
      charge.holdEnd = amount > 0 ? "exhausted" : "voided";
      intent.cancelKey = amount > 0 ? null : key;
      captured(intent, charge);
    } else {
      updated(intent, charge);
    }
  }

  /** Each of several captures is told twice. */
  private void updated(Intent intent, Charge charge) {
    if (charge.isInParts()) {
      happened("charge.updated", charge);
      happened("payment_intent.amount_capturable_updated", intent);
    }
  }

  /** No more will be captured. */
  private void captured(Intent intent, Charge charge) {
    charge.isCaptured = true;
    happened("charge.captured", charge);
    refunds.release(charge, charge.amount - charge.captured, null);
    intent.status = "succeeded";
    updated(intent, charge);
    succeeded(intent);
  }

  /** What was captured in part has succeeded; the rest is released. */
  void cancel(Intent intent, @Nullable String reason, @Nullable String key) {
    if (intent.is("succeeded") || intent.is("canceled")) {
      throw ApiError.state(
          "payment_intent_unexpected_state",
          "You cannot cancel this PaymentIntent because it has a status of " + intent.status + ".");
    }
    Charge charge = intent.latestCharge();
    if (intent.is("requires_capture") && charge != null) {
      charge.holdEnd = "voided";
      if (charge.captured > 0) {
        intent.cancelKey = key;
        captured(intent, charge);
        return;
      }
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
    if (intent.is("requires_capture") && charge != null && charge.captured > 0) {
      charge.holdEnd = "exhausted";
      captured(intent, charge);
    } else if (intent.is("requires_capture") && charge != null) {
      charge.holdEnd = "expired";
      happened("charge.expired", charge);
      refunds.release(charge, charge.amount, "expired_uncaptured_charge");
      canceled(intent, "expired");
    }
  }

  void happened(String type, Intent intent) {
    desk.happened(type, intent.account, Views.intent(intent, Expand.none()));
    watcher.accept(intent);
  }

  private void happened(String type, Charge charge) {
    desk.happened(type, charge.intent.account, Views.charge(charge, Expand.none()));
  }
}
