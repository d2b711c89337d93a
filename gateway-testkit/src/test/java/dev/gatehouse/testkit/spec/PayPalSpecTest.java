package dev.gatehouse.testkit.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that holding against a description can fail, with JSON. */
class PayPalSpecTest {
  private static final String ORDER =
      "{'intent':'CAPTURE','purchase_units':[{'reference_id':'r1',"
          + "'amount':{'currency_code':'USD','value':'10.00'}}]}";

  private final ApiSpec spec = Specs.load("checkout_orders_v2.json");

  @Test
  void a_right_order_is_accepted() {
    assertThat(spec.requestProblems(order(ORDER))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'intent':'CAPTURE'}",
        "{'intent':'SOON','purchase_units':[{'amount':{'currency_code':'USD','value':'1'}}]}",
        "{'intent':'CAPTURE','purchase_units':[{'amount':{'currency_code':'US','value':'1'}}]}",
        "{'intent':'CAPTURE','purchase_units':[{'amount':{'currency_code':'USD','value':1}}]}",
        "{'intent':'CAPTURE','purchase_units':[{'amount':{'currency_code':'USD','value':'a'}}]}",
        "{'intent':'CAPTURE','purchase_units':[]}",
      })
  void a_wrong_order_is_rejected(String json) {
    assertThat(spec.requestProblems(order(json))).isNotEmpty();
  }

  @Test
  void a_header_that_is_too_long_is_rejected() {
    HttpRequest right = order(ORDER);
    HttpHeaders headers = right.headers();

    assertThat(spec.requestProblems(with(right, headers.with("PayPal-Request-Id", "k1"))))
        .isEmpty();
    assertThat(
            spec.requestProblems(with(right, headers.with("PayPal-Request-Id", "k".repeat(200)))))
        .isNotEmpty();
  }

  @Test
  void an_answer_is_held_against_the_description_of_its_status() {
    String right = "{'id':'5O190127TN364715T','status':'CREATED','links':[]}";

    assertThat(spec.responseProblems(order(ORDER), answer(201, right))).isEmpty();
    assertThat(spec.responseProblems(order(ORDER), answer(201, right.replace("CREATED", "NEW"))))
        .isNotEmpty();
    assertThat(spec.responseProblems(order(ORDER), answer(422, "{'name':7}"))).isNotEmpty();
  }

  private static HttpRequest order(String json) {
    return new HttpRequest(
        "POST",
        URI.create("https://api-m.sandbox.paypal.com/v2/checkout/orders"),
        HttpHeaders.none().with("Content-Type", "application/json"),
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static HttpRequest with(HttpRequest request, HttpHeaders headers) {
    return new HttpRequest(request.method(), request.uri(), headers, request.body());
  }

  private static HttpResponse answer(int status, String json) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", "application/json"),
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
