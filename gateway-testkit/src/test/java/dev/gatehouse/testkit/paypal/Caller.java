package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.spec.PayPalSpecs;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who speaks PayPal's HTTP by hand, in single quotes. */
final class Caller {
  static final String ONE_UNIT =
      "{'intent':'%s','purchase_units':[{'reference_id':'r','custom_id':'pay-1',"
          + "'invoice_id':'%s','amount':{'currency_code':'%s','value':'%s'}}]}";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LIMIT = Duration.ofSeconds(5);

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final PayPalApp app = PayPalApp.sandbox();
  final PayPalEmulator paypal =
      new PayPalEmulator(
          clock, PayPalOptions.defaults(), List.of(app, PayPalApp.ofLiveSite(), other()));
  final PayPalSpecs http = new PayPalSpecs(paypal.transport());
  private String token = "";

  static PayPalApp other() {
    return new PayPalApp(
        "other-client", "other-secret", "MERCHANTQTHER", "8WP98765AB6789012", false);
  }

  /** What came back. */
  record Answer(HttpResponse response) {
    int status() {
      return response.status();
    }

    JsonNode body() {
      return JSON.readTree(response.body());
    }

    String at(String pointer) {
      return body().at(pointer).asString("");
    }

    String issue() {
      return at("/details/0/issue");
    }
  }

  Answer token(PayPalApp who) {
    String pair = who.clientId() + ":" + who.clientSecret();
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/x-www-form-urlencoded")
            .with(
                "authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    return sent("POST", "/v1/oauth2/token", headers, "grant_type=client_credentials");
  }

  Caller as(PayPalApp who) {
    token = token(who).at("/access_token");
    return this;
  }

  Answer get(String path) {
    return sent("GET", path, headers(), "");
  }

  Answer post(String path, String body) {
    return sent("POST", path, headers().with("content-type", "application/json"), body);
  }

  Answer post(String path, String key, String body) {
    HttpHeaders headers =
        headers()
            .with("content-type", "application/json")
            .with("prefer", "return=representation")
            .with("paypal-request-id", key);
    return sent("POST", path, headers, body);
  }

  Answer delete(String path) {
    return sent("DELETE", path, headers(), "");
  }

  Answer patch(String path, String body) {
    return sent("PATCH", path, headers().with("content-type", "application/json"), body);
  }

  private HttpHeaders headers() {
    return HttpHeaders.none().with("authorization", "Bearer " + token);
  }

  private Answer sent(String method, String path, HttpHeaders headers, String body) {
    byte[] bytes = body.replace('\'', '"').replace('`', '\'').getBytes(StandardCharsets.UTF_8);
    URI uri = URI.create("https://api-m.sandbox.paypal.com" + path);
    return new Answer(http.send(new HttpRequest(method, uri, headers, bytes), LIMIT));
  }

  /** A new order over USD 10. */
  String order(String intent, String invoice) {
    return post("/v2/checkout/orders", ONE_UNIT.formatted(intent, invoice, "USD", "10.00"))
        .at("/id");
  }

  /** An order over USD 10 that was approved. */
  String approved(String intent, String invoice, Funding funding) {
    String id = order(intent, invoice);
    paypal.controls().approve(id, funding);
    return id;
  }

  Answer capture(String order, String key) {
    return post("/v2/checkout/orders/" + order + "/capture", key, "{}");
  }

  /** The id of a hold of USD 10. */
  String held(String invoice) {
    String order = approved("AUTHORIZE", invoice, Funding.BALANCE);
    return post("/v2/checkout/orders/" + order + "/authorize", "auth-" + invoice, "{}")
        .at("/purchase_units/0/payments/authorizations/0/id");
  }

  /** The id of a capture of USD 10. */
  String captured(String invoice) {
    return capture(approved("CAPTURE", invoice, Funding.BALANCE), "cap-" + invoice)
        .at("/purchase_units/0/payments/captures/0/id");
  }

  static String usd(String value) {
    return "'amount':{'currency_code':'USD','value':'" + value + "'}";
  }
}
