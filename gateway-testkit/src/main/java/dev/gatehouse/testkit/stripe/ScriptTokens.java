package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Stripe's script makes in the customer's browser: methods, and ConfirmationTokens, which hold
 * a method and what the customer agreed to there. Each of these confirms once.
 */
final class ScriptTokens {
  private final Desk desk;
  private final Map<String, Method> methods = new HashMap<>();
  private final Set<String> used = new HashSet<>();

  ScriptTokens(Desk desk) {
    this.desk = desk;
  }

  /** A bank account, whose debits want a mandate. */
  Method debit(StripeAccount account) {
    Method method = new Method(desk.id("pm"), account, StripeToken.VISA, desk.now());
    method.isDebit = true;
    desk.add(method);
    return method;
  }

  String confirming(Method method) {
    String id = desk.id("ctoken");
    methods.put(id, method);
    return id;
  }

  /** What a request is to be confirmed with. */
  Optional<Method> confirming(StripeAccount account, Params params) {
    return params.text("confirmation_token", 5000).map(id -> use(account, id));
  }

  private Method use(StripeAccount account, String id) {
    Method method = methods.get(id);
    if (method == null || !method.account.id().equals(account.id())) {
      throw ApiError.missing("confirmation_token", id);
    }
    if (!used.add(id)) {
      throw ApiError.parameter(
          null, "confirmation_token", "This ConfirmationToken was used to confirm already.");
    }
    method.isMandated = true;
    return method;
  }

  /** Refuses a debit that nobody agreed to, and one that is to be held. */
  static void demandDebitable(Method method, boolean manual) {
    if (method.isDebit && manual) {
      throw ApiError.parameter(
          "payment_intent_invalid_parameter", "capture_method", "A debit cannot be held.");
    }
    if (method.isDebit && !method.isMandated) {
      throw ApiError.parameter(
          "parameter_missing",
          "mandate_data",
          "When confirming a PaymentIntent with a `sepa_debit` PaymentMethod, `mandate_data` is"
              + " required.");
    }
  }
}
