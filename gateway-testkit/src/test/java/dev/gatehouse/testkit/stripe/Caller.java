package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.spec.HeldTransport;
import dev.gatehouse.testkit.spec.StripeSpec;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the emulator as any client would, and holds each exchange against the description. */
final class Caller {
  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final StripeAccount account = StripeAccount.test("main");
  final StripeEmulator stripe =
      new StripeEmulator(
          clock,
          StripeOptions.defaults(),
          List.of(account, StripeAccount.test("other"), StripeAccount.live("shop")));
  final HeldTransport held = StripeSpec.around(stripe.transport());
  private final HttpTransport door = held;
  String secretKey = account.secretKey();

  HttpResponse send(String method, String path, String form, String key) {
    HttpHeaders headers = HttpHeaders.none().with("authorization", "Bearer " + secretKey);
    if (!form.isEmpty()) {
      headers = headers.with("content-type", "application/x-www-form-urlencoded");
    }
    if (!key.isEmpty()) {
      headers = headers.with("idempotency-key", key);
    }
    String query = path.replace("[", "%5B").replace("]", "%5D");
    return door.send(
        new HttpRequest(
            method,
            URI.create(StripeEmulator.BASE_URL + query),
            headers,
            form.getBytes(StandardCharsets.UTF_8)),
        Duration.ofSeconds(5));
  }

  JsonNode post(String path, String form) {
    return body(send("POST", path, form, ""));
  }

  JsonNode get(String path) {
    return body(send("GET", path, "", ""));
  }

  JsonNode pay(StripeToken token, String more) {
    return post(
        "/v1/payment_intents",
        "amount=1000&currency=eur&confirm=true&payment_method="
            + token.id()
            + "&payment_method_types[]=card"
            + (more.isEmpty() ? "" : "&" + more));
  }

  JsonNode hold() {
    return pay(StripeToken.VISA, "capture_method=manual");
  }

  static JsonNode body(HttpResponse response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
