package dev.gatehouse.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What is documented of Stripe's test cards, card by card. */
class StripeTokenTest {
  private final Caller caller = new Caller();

  @ParameterizedTest
  @EnumSource(StripeToken.class)
  void every_test_card_is_paid_with_refused_or_authenticated(StripeToken token) {
    JsonNode answer = caller.pay(token, "return_url=https://shop.test/back");

    String status =
        answer.has("error")
            ? answer.path("error").path("payment_intent").path("status").asString()
            : answer.path("status").asString();
    assertThat(status)
        .isEqualTo(
            token.refusal().isPresent()
                ? "requires_payment_method"
                : token.wantsAuthentication() ? "requires_action" : "succeeded");
    assertThat(caller.held.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "THREE_D_SECURE_REQUIRED, succeeded, ",
    "THREE_D_SECURE_2, succeeded, ",
    "AUTHENTICATION_REQUIRED, succeeded, ",
    "THREE_D_SECURE_DECLINED, requires_payment_method, generic_decline",
    "THREE_D_SECURE_FUNDS, requires_payment_method, insufficient_funds",
  })
  void after_the_customer_authenticated_the_bank_decides(
      StripeToken token, String status, String reason) {
    String id = caller.pay(token, "").path("id").asString();

    caller.stripe.controls().authenticate(id);

    JsonNode intent = caller.get("/v1/payment_intents/" + id);
    assertThat(intent.path("status").asString()).isEqualTo(status);
    assertThat(intent.path("last_payment_error").path("decline_code").asString(""))
        .isEqualTo(reason == null ? "" : reason);
  }
}
