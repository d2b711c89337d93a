package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Intent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The calls that change PaymentIntents: what they accept, and what they answer. */
final class IntentCalls {
  private final Desk desk;
  private final Intents intents;

  IntentCalls(Desk desk, Intents intents) {
    this.desk = desk;
    this.intents = intents;
  }

  /** How a confirmation is wanted. */
  private record Confirmation(boolean away, Optional<String> returnUrl) {}

  ObjectNode create(StripeAccount account, String base, Params params, @Nullable String key) {
    Intent intent = read(account, params, key);
    intent.base = base;
    boolean confirm = params.flag("confirm");
    Confirmation how = confirmation(params);
    if (!confirm && (how.away() || how.returnUrl().isPresent())) {
      throw ApiError.parameter(
          null, "confirm", "off_session and return_url can only be set when confirming.");
    }
    redirects(intent, params.inner("automatic_payment_methods"), how, confirm);
    Expand expand = params.expand().only("latest_charge", "payment_method");
    params.done();
    if (confirm && intent.method != null) {
      ScriptTokens.demandDebitable(intent.method, intent.manual);
    }
    intents.created(intent);
    if (confirm) {
      how.returnUrl().ifPresent(url -> intent.returnUrl = url);
      intents.confirm(intent, how.away(), key);
    }
    return view(intent, expand);
  }

  private Intent read(StripeAccount account, Params params, @Nullable String key) {
    long amount = params.requiredInteger("amount");
    String currency = params.required("currency").toLowerCase(java.util.Locale.ROOT);
    Amounts.check(amount, currency);
    desk.demandTaken(currency);
    boolean manual =
        params
            .oneOf("capture_method", "automatic", "automatic_async", "manual")
            .filter("manual"::equals)
            .isPresent();
    onlyCards(params);
    Optional<String> method = params.text("payment_method", 5000);
    Intent intent = new Intent(desk.id("pi"), account, amount, currency, manual, desk.now(), key);
    intent.description = params.text("description", 1000).orElse(null);
    intent.receiptEmail = params.text("receipt_email", 800).orElse(null);
    intent.futureUsage =
        params.oneOf("setup_future_usage", "off_session", "on_session").orElse(null);
    params.oneOf("confirmation_method", "automatic", "manual");
    intent.wantsParts = desk.wantsParts(params.inner("payment_method_options")) && manual;
    intent.descriptorSuffix = params.text("statement_descriptor_suffix", 22).orElse(null);
    merge(intent.metadata, params.metadata());
    method.ifPresent(id -> intent.method = usable(account, id));
    desk.scriptTokens().confirming(account, params).ifPresent(one -> intent.method = one);
    intent.customer = CustomerCalls.of(desk, account, params, intent.method);
    return intent;
  }

  private Entries.Method usable(StripeAccount account, String id) {
    Entries.Method method = desk.method(account, id);
    if (method.detached) {
      throw ApiError.parameter(
          null,
          "payment_method",
          "The provided PaymentMethod was detached from a Customer. It may not be used again.");
    }
    return method;
  }

  private static void onlyCards(Params params) {
    for (String type : params.list("payment_method_types")) {
      if (!type.equals("card")) {
        throw ApiError.parameter(
            "payment_intent_invalid_parameter",
            "payment_method_types",
            "The payment method type " + type + " is not activated.");
      }
    }
  }

  /** Methods chosen by Stripe may redirect, so they want an address to come back to. */
  private static void redirects(
      Intent intent, Params automatic, Confirmation how, boolean confirm) {
    boolean enabled = automatic.flag("enabled");
    boolean never =
        automatic.oneOf("allow_redirects", "always", "never").filter("never"::equals).isPresent();
    automatic.done();
    if (enabled) {
      intent.automatic = never ? "never" : "always";
    }
    if (enabled && !never && confirm && how.returnUrl().isEmpty()) {
      throw ApiError.parameter(
          null,
          "return_url",
          "This PaymentIntent is configured to accept payment methods that may redirect; provide"
              + " a return_url or set automatic_payment_methods[allow_redirects] to never.");
    }
  }

  private static Confirmation confirmation(Params params) {
    boolean away =
        params.oneOf("off_session", "true", "false", "one_off", "recurring").stream()
            .anyMatch(value -> !value.equals("false"));
    params.flag("use_stripe_sdk");
    params.flag("error_on_requires_action");
    return new Confirmation(away, params.text("return_url", 5000));
  }

  ObjectNode confirm(StripeAccount account, String id, Params params, @Nullable String key) {
    Intent intent = desk.intent(account, id);
    Confirmation how = confirmation(params);
    Optional<String> method = params.text("payment_method", 5000);
    onlyCards(params);
    Expand expand = params.expand().only("latest_charge", "payment_method");
    params.done();
    method.ifPresent(one -> intent.method = desk.method(account, one));
    how.returnUrl().ifPresent(url -> intent.returnUrl = url);
    intents.confirm(intent, how.away(), key);
    return view(intent, expand);
  }

  ObjectNode update(StripeAccount account, String id, Params params) {
    Intent intent = desk.intent(account, id);
    Map<String, String> metadata = params.metadata();
    Optional<String> description = params.text("description", 1000);
    Expand expand = params.expand().only("latest_charge", "payment_method");
    params.done();
    merge(intent.metadata, metadata);
    description.ifPresent(text -> intent.description = text);
    return view(intent, expand);
  }

  ObjectNode capture(StripeAccount account, String id, Params params, @Nullable String key) {
    Intent intent = desk.intent(account, id);
    Optional<Long> amount = params.integer("amount_to_capture");
    Map<String, String> metadata = params.metadata();
    boolean last = params.oneOf("final_capture", "true", "false").filter("false"::equals).isEmpty();
    Expand expand = params.expand().only("latest_charge", "payment_method");
    params.done();
    Charge charge = intent.latestCharge();
    if (!last && intent.is("requires_capture") && charge != null && !charge.isInParts()) {
      throw ApiError.parameter(
          null, "final_capture", "This PaymentIntent does not support multicapture.");
    }
    long wanted = amount.orElse(intent.capturable());
    if (amount.isPresent()) {
      boolean releases = last && wanted == 0 && intent.received() > 0;
      if (wanted < 1 && !releases) {
        throw ApiError.parameter(
            "parameter_invalid_integer", "amount_to_capture", "This value must be at least 1.");
      }
      Amounts.step(wanted, intent.currency, "amount_to_capture");
    }
    Map<String, String> before = Map.copyOf(intent.metadata);
    merge(intent.metadata, metadata);
    try {
      intents.capture(intent, wanted, last, key);
    } catch (ApiError e) {
      intent.metadata.clear();
      intent.metadata.putAll(before);
      throw e;
    }
    return view(intent, expand);
  }

  ObjectNode cancel(StripeAccount account, String id, Params params, @Nullable String key) {
    Intent intent = desk.intent(account, id);
    Optional<String> reason =
        params.oneOf(
            "cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned");
    Expand expand = params.expand().only("latest_charge", "payment_method");
    params.done();
    if (intent.session != null && intent.session.isOpen()) {
      throw ApiError.state(
          "payment_intent_unexpected_state",
          "You cannot cancel this PaymentIntent because it was created by Checkout; expire the"
              + " Checkout Session instead.");
    }
    intents.cancel(intent, reason.orElse(null), key);
    return view(intent, expand);
  }

  private static void merge(Map<String, String> metadata, Map<String, String> given) {
    given.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            metadata.remove(name);
          } else {
            metadata.put(name, value);
          }
        });
  }

  private static ObjectNode view(Intent intent, Expand expand) {
    return Views.intent(intent, expand);
  }
}
