package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Method;
import dev.gatehouse.testkit.stripe.Entries.SetUp;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** SetupIntents: methods that are stored for a customer without a charge. */
final class SetUps {
  private final Desk desk;

  SetUps(Desk desk) {
    this.desk = desk;
  }

  ObjectNode create(StripeAccount account, String base, Params params, @Nullable String key) {
    Optional<String> method = params.text("payment_method", 5000);
    SetUp setUp = new SetUp(desk.id("seti"), account, desk.now(), key);
    setUp.base = base;
    setUp.usage = params.oneOf("usage", "off_session", "on_session").orElse("off_session");
    setUp.returnUrl = params.text("return_url", 5000).orElse(null);
    setUp.description = params.text("description", 1000).orElse(null);
    setUp.metadata.putAll(params.metadata());
    for (String type : params.list("payment_method_types")) {
      if (!type.equals("card")) {
        throw ApiError.parameter(
            null, "payment_method_types", "The payment method type " + type + " is invalid.");
      }
    }
    boolean confirm = params.flag("confirm");
    setUp.method =
        method
            .map(id -> desk.method(account, id))
            .or(() -> desk.scriptTokens().confirming(account, params))
            .orElse(null);
    setUp.customer = CustomerCalls.of(desk, account, params, setUp.method);
    Expand expand = params.expand().only("payment_method", "latest_attempt");
    params.done();
    setUp.status = setUp.method == null ? "requires_payment_method" : "requires_confirmation";
    desk.add(setUp);
    happened("setup_intent.created", setUp);
    if (confirm && setUp.method != null) {
      confirm(setUp, setUp.method);
    }
    return SetUpViews.setUp(setUp, expand);
  }

  private void confirm(SetUp setUp, Method method) {
    setUp.attempt = desk.id("setatt");
    if (method.token.wantsAuthentication()) {
      setUp.status = "requires_action";
      setUp.challenges++;
      happened("setup_intent.requires_action", setUp);
      return;
    }
    // Attaching this one succeeds; only charges of it fail.
    boolean stores = method.token == StripeToken.CUSTOMER_FAIL;
    StripeToken.Refusal refusal = stores ? null : method.token.refusal().orElse(null);
    if (refusal == null) {
      succeed(setUp, method);
      return;
    }
    fail(setUp, SetUpViews.declined(method, refusal));
    ObjectNode error = setUp.lastError == null ? Json.object() : setUp.lastError.deepCopy();
    error.set("setup_intent", SetUpViews.setUp(setUp, Expand.none()));
    throw ApiError.card(error.put("request_log_url", "https://dashboard.stripe.com/test/logs"));
  }

  private void fail(SetUp setUp, ObjectNode error) {
    setUp.status = "requires_payment_method";
    setUp.lastError = error;
    setUp.method = null;
    happened("setup_intent.setup_failed", setUp);
  }

  private void succeed(SetUp setUp, Method method) {
    setUp.status = "succeeded";
    setUp.lastError = null;
    desk.attach(method, setUp.customer);
    happened("setup_intent.succeeded", setUp);
  }

  /** The customer authenticated, or failed to. */
  void authenticated(SetUp setUp, boolean well) {
    Method method = setUp.method;
    if (!setUp.status.equals("requires_action") || method == null) {
      throw ApiError.state("setup_intent_unexpected_state", "Nothing is to be authenticated.");
    }
    if (!well) {
      fail(setUp, SetUpViews.notAuthenticated(method));
    } else if (method.token == StripeToken.THREE_D_SECURE_DECLINED) {
      fail(setUp, SetUpViews.declined(method, StripeToken.Refusal.GENERIC));
    } else {
      succeed(setUp, method);
    }
  }

  private void happened(String type, SetUp setUp) {
    desk.happened(type, setUp.account, SetUpViews.setUp(setUp, Expand.none()));
  }
}
