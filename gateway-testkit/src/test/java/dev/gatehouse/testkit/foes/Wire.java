package dev.gatehouse.testkit.foes;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes what goes over the wire to the reference provider, and what comes back. */
final class Wire {
  private static final String KEY = "idempotency-key";

  private Wire() {}

  /** What stands between a gateway and its transport. */
  @FunctionalInterface
  interface Pass {
    HttpResponse pass(HttpRequest request, Sender next);
  }

  /** The rest of the way. */
  @FunctionalInterface
  interface Sender {
    HttpResponse send(HttpRequest request);
  }

  static boolean isGet(HttpRequest request) {
    return request.method().equals("GET");
  }

  static boolean isCharge(HttpRequest request) {
    return isPost(request, "/v1/charges");
  }

  static boolean isRefund(HttpRequest request) {
    return isPost(request, "/refunds");
  }

  static boolean isCapture(HttpRequest request) {
    return isPost(request, "/captures");
  }

  static boolean isVoid(HttpRequest request) {
    return isPost(request, "/void");
  }

  static boolean isComplete(HttpRequest request) {
    return isPost(request, "/complete");
  }

  private static boolean isPost(HttpRequest request, String end) {
    return request.method().equals("POST") && request.uri().getPath().endsWith(end);
  }

  static String text(HttpRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  /** The text of a field, or nothing. */
  static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  static HttpRequest with(HttpRequest request, UnaryOperator<String> change) {
    byte[] body = change.apply(text(request)).getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(request.method(), request.uri(), request.headers(), body);
  }

  static HttpRequest to(HttpRequest request, URI uri) {
    return new HttpRequest(request.method(), uri, request.headers(), request.body());
  }

  static String key(HttpRequest request) {
    return request.headers().first(KEY).orElse("");
  }

  static HttpRequest underKey(HttpRequest request, String key) {
    return withHeader(request, KEY, key);
  }

  static HttpRequest withHeader(HttpRequest request, String name, String value) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : request.headers().fields()) {
      if (!field.name().equalsIgnoreCase(name)) {
        headers = headers.with(field.name(), field.value());
      }
    }
    return new HttpRequest(
        request.method(), request.uri(), headers.with(name, value), request.body());
  }

  static HttpResponse with(HttpResponse response, UnaryOperator<String> change) {
    byte[] body = change.apply(response.bodyAsUtf8()).getBytes(StandardCharsets.UTF_8);
    return new HttpResponse(response.status(), response.headers(), body);
  }

  /** The status of charges in an answer, changed. */
  static String chargeStatus(String json, String from, String to) {
    return json.replaceAll(
        "(\"reference\":(?:\"[^\"]*\"|null),\"status\":\")" + from + "\"", "$1" + to + "\"");
  }

  /** The status of refunds in an answer, changed. */
  static String refundStatus(String json, String from, String to) {
    return json.replaceAll(
        "(\"object\":\"refund\",\"id\":\"[^\"]+\",\"status\":\")" + from + "\"", "$1" + to + "\"");
  }
}
