package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import org.junit.jupiter.api.Test;

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
            .formatted(Bench.orderId(paid)));
    assertThat(bench.gateway.lookup(bench.trace("pay-1", paid))).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void an_empty_text_where_one_is_needed_is_no_answer() {
    Outcome paid = bench.captured("pay-1");
    bench.door.answer(
        "GET /v2/checkout/orders", 200, "application/json", "{\"id\":\"\",\"status\":\"CREATED\"}");
    assertThat(bench.gateway.lookup(bench.trace("pay-1", paid)))
        .isInstanceOf(Lookup.CannotTell.class);
  }
}
