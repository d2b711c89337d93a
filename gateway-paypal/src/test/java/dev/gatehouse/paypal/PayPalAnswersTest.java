package dev.gatehouse.paypal;

import static dev.gatehouse.paypal.Bench.holdId;
import static dev.gatehouse.paypal.Bench.orderId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that PayPal gives seldom, and what the gateway makes of them. */
class PayPalAnswersTest {
  private final Bench bench = new Bench();

  @Test
  void an_empty_text_beside_the_money_does_not_hide_the_money() {
    Outcome paid = bench.captured("pay-1");
    bench.door.answer(
        "GET /v2/checkout/orders",
        200,
        "application/json",
        """
        {"id":"%s","status":"COMPLETED","intent":"CAPTURE","purchase_units":[
         {"reference_id":"op.pay-1.charge.1","custom_id":"pay-1","invoice_id":"",
          "amount":{"currency_code":"USD","value":"10.00"},
          "payments":{"captures":[{"id":"1C","status":"COMPLETED","invoice_id":"",
           "amount":{"currency_code":"USD","value":"10.00"},"links":[]}]}}],"links":[]}
        """
            .formatted(orderId(paid)));
    assertThat(bench.gateway.lookup(bench.trace("pay-1", paid))).isInstanceOf(Lookup.Found.class);
  }

  /** PayPal's description calls the order optional in a capture; what is known says which it is. */
  @Test
  void a_capture_that_does_not_name_its_order_is_understood() {
    Outcome held = bench.held("pay-1");
    Movement capture = capturedWithoutOrder(bench.trace("pay-1", held), holdId(held.snapshot()));
    assertThat(capture.charge().has(orderId(held))).isTrue();
    assertThat(capture.parent().has(holdId(held.snapshot()))).isTrue();
  }

  @Test
  void a_capture_of_which_nobody_knows_the_order_is_of_none() {
    Outcome held = bench.held("pay-1");
    Movement capture = capturedWithoutOrder(bench.trace("pay-1"), holdId(held.snapshot()));
    assertThat(capture.charge().isUnknown()).isTrue();
  }

  private Movement capturedWithoutOrder(Trace trace, String hold) {
    bench.door.answer(
        "POST /v2/payments/authorizations",
        201,
        "application/json",
        """
        {"id":"9CAP","status":"COMPLETED","amount":{"currency_code":"USD","value":"10.00"},
         "final_capture":true,"invoice_id":"op.c1",
         "links":[{"rel":"up","method":"GET",
          "href":"https://api-m.sandbox.paypal.com/v2/payments/authorizations/%s"}]}
        """
            .formatted(hold));
    Outcome outcome = bench.gateway.capture(new CaptureRequest(trace, "c1", hold, Bench.TEN, true));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return outcome.snapshot().facts().movements().get("9CAP");
  }

  /** PayPal says 204, or 200 with the hold. An empty page of another kind says nothing. */
  @ParameterizedTest
  @CsvSource({"200, text/html, ''", "202, text/html, ''", "200, application/json, {}"})
  void an_empty_answer_is_no_proof_of_a_release(int status, String type, String body) {
    Outcome held = bench.held("pay-1");
    bench.door.answer("/void", status, type, body);
    assertThat(released(held)).isInstanceOf(Outcome.Unknown.class);
    assertThat(bench.order("pay-1").authorizations())
        .allMatch(hold -> hold.status().equals("CREATED"));
  }

  @Test
  void an_answer_without_content_is_a_release() {
    Outcome held = bench.held("pay-1");
    bench.door.answer("/void", 204, HttpHeaders.none(), "");
    assertThat(released(held)).isInstanceOf(Outcome.Succeeded.class);
  }

  private Outcome released(Outcome held) {
    return bench.gateway.voidAuthorization(
        bench.release(bench.trace("pay-1", held), holdId(held.snapshot())));
  }

  @Test
  void an_empty_text_where_one_is_needed_is_no_answer() {
    Outcome paid = bench.captured("pay-1");
    bench.door.answer(
        "GET /v2/checkout/orders", 200, "application/json", "{\"id\":\"\",\"status\":\"CREATED\"}");
    assertThat(bench.gateway.lookup(bench.trace("pay-1", paid)))
        .isInstanceOf(Lookup.CannotTell.class);
  }

  /** One case that can't be read hides the money of a payment for ever. */
  @Test
  void a_dispute_that_can_not_be_read_hides_nothing_else() {
    Outcome paid = bench.captured("pay-1");
    String dispute = bench.controls().complain(bench.order("pay-1").captures().get(0).id());
    bench.door.answer(
        "GET /v1/customer/disputes/",
        200,
        "application/json",
        "{\"dispute_id\":\"%s\",\"status\":\"OPEN\",\"update_time\":\"2026-03-01T12:00:00Z\","
                .formatted(dispute)
            + "\"dispute_amount\":{\"currency_code\":\"INR\",\"value\":\"800.00\"}}");

    assertThat(bench.gateway.lookup(bench.trace("pay-1", paid))).isInstanceOf(Lookup.Found.class);
  }

  /** Nowhere does PayPal say in which order it shows holds. */
  @Test
  void a_renewed_hold_is_known_by_its_time_and_not_by_its_place() {
    Outcome held = bench.held("pay-1");
    String order = Bench.orderId(held);
    String hold =
        "{\"id\":\"%s\",\"status\":\"CREATED\",\"amount\":{\"currency_code\":\"USD\","
            + "\"value\":\"10.00\"},\"create_time\":\"%s\",\"update_time\":\"%s\"}";
    bench.door.answer(
        "GET /v2/checkout/orders",
        200,
        "application/json",
        ("{\"id\":\"%s\",\"status\":\"COMPLETED\",\"purchase_units\":[{\"custom_id\":\"pay-1\","
                + "\"amount\":{\"currency_code\":\"USD\",\"value\":\"10.00\"},\"payments\":"
                + "{\"authorizations\":[%s,%s]}}]}")
            .formatted(
                order,
                hold.formatted("NEWHOLD", "2026-03-06T12:00:00Z", "2026-03-06T12:00:00Z"),
                hold.formatted("OLDHOLD", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z")));

    Snapshot seen = ((Lookup.Found) bench.gateway.lookup(bench.trace("pay-1", held))).snapshot();

    assertThat(seen.facts().authorizations().get("OLDHOLD").supersededBy().has("NEWHOLD")).isTrue();
  }
}
