package dev.gatehouse.testkit.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.paypal.Caller.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayPalOrdersTest {
  private final Caller caller = new Caller().as(PayPalApp.sandbox());

  @AfterEach
  void everything_fits_the_description() {
    caller.http.assertThatAllFits();
  }

  @Test
  void an_order_is_made_approved_captured_and_shown() {
    String id = caller.order("CAPTURE", "inv-1");
    assertThat(caller.get("/v2/checkout/orders/" + id).at("/status")).isEqualTo("CREATED");
    assertThat(caller.get("/v2/checkout/orders/" + id).at("/links/1/rel")).isEqualTo("approve");

    caller.paypal.controls().approve(id);
    Answer captured = caller.capture(id, "k1");

    assertThat(captured.status()).isEqualTo(201);
    assertThat(captured.at("/status")).isEqualTo("COMPLETED");
    assertThat(captured.at("/purchase_units/0/payments/captures/0/status")).isEqualTo("COMPLETED");
    assertThat(captured.at("/purchase_units/0/payments/captures/0/custom_id")).isEqualTo("pay-1");
    assertThat(caller.paypal.ledger().ordersOf("pay-1")).hasSize(1);
    caller.http.assertThatWrongOnesAreRejected();
  }

  @Test
  void an_answer_is_minimal_unless_the_whole_is_asked_for() {
    Answer made = caller.post("/v2/checkout/orders", order("USD", "10.00"));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().propertyNames()).containsExactlyInAnyOrder("id", "status", "links");
    assertThat(made.response().headers().first("paypal-debug-id")).isPresent();
  }

  @Test
  void an_order_that_names_its_wallet_waits_for_its_payer_under_another_word() {
    String body =
        order("USD", "10.00").replace("'intent'", "'payment_source':{'paypal':{}},'intent'");

    assertThat(caller.post("/v2/checkout/orders", body).issue())
        .isEqualTo("PAYPAL_REQUEST_ID_REQUIRED");
    Answer made = caller.post("/v2/checkout/orders", "k1", body);
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.at("/status")).isEqualTo("PAYER_ACTION_REQUIRED");
    assertThat(made.at("/links/1/rel")).isEqualTo("payer-action");
  }

  @Test
  void a_request_id_gets_the_latest_state_for_six_hours_and_then_makes_another_order() {
    Answer first = caller.post("/v2/checkout/orders", "k1", order("USD", "10.00"));
    caller.paypal.controls().approve(first.at("/id"));

    // Whatever the second request says.
    Answer again = caller.post("/v2/checkout/orders", "k1", order("USD", "99.00"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("/id")).isEqualTo(first.at("/id"));
    assertThat(again.at("/status")).isEqualTo("APPROVED");

    caller.clock.advance(Duration.ofHours(6));
    Answer late = caller.post("/v2/checkout/orders", "k1", order("USD", "10.00"));
    assertThat(late.status()).isEqualTo(201);
    assertThat(late.at("/id")).isNotEqualTo(first.at("/id"));
  }

  @Test
  void a_capture_is_made_once_under_one_key_and_refused_under_another() {
    String id = caller.approved("CAPTURE", "inv-1", Funding.BALANCE);

    assertThat(caller.capture(id, "k1").status()).isEqualTo(201);
    assertThat(caller.capture(id, "k1").status()).isEqualTo(200);
    assertThat(caller.capture(id, "k2").issue()).isEqualTo("ORDER_ALREADY_CAPTURED");
    assertThat(caller.paypal.ledger().orders().get(0).captures()).hasSize(1);
    assertThat(caller.paypal.ledger().requestsByKey()).containsEntry("k1", 2);
  }

  @Test
  void an_order_that_nobody_approved_is_not_captured() {
    assertThat(caller.capture(caller.order("CAPTURE", "inv-1"), "k1").issue())
        .isEqualTo("ORDER_NOT_APPROVED");
  }

  @ParameterizedTest
  @CsvSource({
    "DECLINED,INSTRUMENT_DECLINED",
    "NEEDS_PAYER,PAYER_ACTION_REQUIRED",
    "REFUSED,TRANSACTION_REFUSED",
    "RESTRICTED,PAYER_ACCOUNT_RESTRICTED"
  })
  void what_the_payer_pays_with_may_be_refused(Funding funding, String issue) {
    Answer refused = caller.capture(caller.approved("CAPTURE", "inv-1", funding), "k1");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.issue()).isEqualTo(issue);
    assertThat(refused.at("/debug_id")).isNotEmpty();
  }

  @Test
  void a_payer_whose_instrument_was_declined_may_approve_again() {
    String id = caller.approved("CAPTURE", "inv-1", Funding.DECLINED);
    assertThat(caller.capture(id, "k1").at("/links/0/rel")).isEqualTo("redirect");

    caller.paypal.controls().approve(id);

    assertThat(caller.capture(id, "k1").status()).isEqualTo(201);
  }

  @Test
  void an_invoice_is_paid_once() {
    caller.captured("inv-1");

    assertThat(caller.capture(caller.approved("CAPTURE", "inv-1", Funding.BALANCE), "k2").issue())
        .isEqualTo("DUPLICATE_INVOICE_ID");
  }

  @Test
  void an_order_goes_the_way_of_its_intent() {
    String toCapture = caller.approved("CAPTURE", "inv-1", Funding.BALANCE);
    String toHold = caller.approved("AUTHORIZE", "inv-2", Funding.BALANCE);

    assertThat(caller.post("/v2/checkout/orders/" + toCapture + "/authorize", "{}").issue())
        .isEqualTo("ACTION_DOES_NOT_MATCH_INTENT");
    assertThat(caller.paypal.ledger().orders().stream().allMatch(unit -> unit.captures().isEmpty()))
        .isTrue();
    assertThat(caller.post("/v2/checkout/orders/" + toHold + "/authorize", "k", "{}").at("/status"))
        .isEqualTo("COMPLETED");
    assertThat(caller.post("/v2/checkout/orders/" + toHold + "/authorize", "k2", "{}").issue())
        .isEqualTo("ORDER_ALREADY_AUTHORIZED");
  }

  @Test
  void an_order_runs_out_before_and_after_its_approval() {
    String waiting = caller.order("CAPTURE", "inv-1");
    String approved = caller.approved("CAPTURE", "inv-2", Funding.BALANCE);
    String toHold = caller.approved("AUTHORIZE", "inv-3", Funding.BALANCE);

    caller.clock.advance(Duration.ofHours(3));
    assertThat(caller.get("/v2/checkout/orders/" + waiting).status()).isEqualTo(200);
    assertThat(caller.get("/v2/checkout/orders/" + approved).status()).isEqualTo(404);
    assertThat(caller.capture(approved, "k1").issue()).isEqualTo("INVALID_RESOURCE_ID");
    assertThat(caller.post("/v2/checkout/orders/" + toHold + "/authorize", "{}").issue())
        .isEqualTo("ORDER_EXPIRED");

    caller.clock.advance(Duration.ofHours(3));
    assertThat(caller.get("/v2/checkout/orders/" + waiting).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "USD,10.001,DECIMAL_PRECISION",
    "JPY,10.5,DECIMAL_PRECISION",
    "HUF,10.00,DECIMAL_PRECISION",
    "TWD,1.0,DECIMAL_PRECISION",
    "KWD,10.000,INVALID_CURRENCY_CODE",
    "USD,0.00,CANNOT_BE_ZERO_OR_NEGATIVE",
    "USD,-1.00,CANNOT_BE_ZERO_OR_NEGATIVE",
    "USD,9999999999999999.00,MAX_VALUE_EXCEEDED"
  })
  void an_amount_that_paypal_does_not_take_is_refused(String currency, String value, String issue) {
    assertThat(caller.post("/v2/checkout/orders", order(currency, value)).issue()).isEqualTo(issue);
  }

  @ParameterizedTest
  @CsvSource({"JPY,1000", "HUF,2500", "TWD,30"})
  void a_currency_without_decimals_is_written_without(String currency, String value) {
    Answer made = caller.post("/v2/checkout/orders", "k1", order(currency, value));

    assertThat(made.at("/purchase_units/0/amount/value")).isEqualTo(value);
  }

  @Test
  void an_unpaid_order_can_be_patched_and_a_paid_one_can_not() {
    String id = caller.order("CAPTURE", "inv-1");
    String patch =
        "[{'op':'replace','path':'/purchase_units/@reference_id==`r`/custom_id','value':'pay-2'}]";

    assertThat(caller.patch("/v2/checkout/orders/" + id, patch).status()).isEqualTo(204);
    assertThat(caller.get("/v2/checkout/orders/" + id).at("/purchase_units/0/custom_id"))
        .isEqualTo("pay-2");

    caller.paypal.controls().approve(id);
    caller.capture(id, "k1");
    assertThat(caller.patch("/v2/checkout/orders/" + id, patch).issue()).isEqualTo("NOT_PATCHABLE");
  }

  @Test
  void a_token_runs_out_and_wrong_credentials_get_none() {
    assertThat(caller.token(new PayPalApp("x", "y", "m", "w", false)).at("/error"))
        .isEqualTo("invalid_client");
    assertThat(caller.token(PayPalApp.ofLiveSite()).status()).isEqualTo(401);
    String id = caller.order("CAPTURE", "inv-1");

    caller.clock.advance(Duration.ofHours(9));

    assertThat(caller.get("/v2/checkout/orders/" + id).at("/error")).isEqualTo("invalid_token");
  }

  @Test
  void orders_of_another_merchant_do_not_exist() {
    String id = caller.order("CAPTURE", "inv-1");

    assertThat(caller.as(Caller.other()).get("/v2/checkout/orders/" + id).status()).isEqualTo(404);
  }

  private static String order(String currency, String value) {
    return Caller.ONE_UNIT.formatted("CAPTURE", "inv-x", currency, value);
  }
}
