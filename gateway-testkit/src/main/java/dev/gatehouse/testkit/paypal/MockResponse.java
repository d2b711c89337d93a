package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * PayPal's negative testing: in the sandbox, a call whose header {@code PayPal-Mock-Response} is
 * {@code {"mock_application_codes":"ISSUE"}} does nothing and is refused with that issue. A header
 * that names no issue is as good as none, and so is one at the live site.
 */
final class MockResponse {
  /** Where it is not 422. */
  private static final Map<String, Integer> STATUSES =
      Map.ofEntries(
          Map.entry("INTERNAL_SERVER_ERROR", 500),
          Map.entry("INVALID_PARAMETER_SYNTAX", 400),
          Map.entry("INVALID_PARAMETER_VALUE", 400),
          Map.entry("INVALID_RESOURCE_ID", 404),
          Map.entry("INVALID_STRING_LENGTH", 400),
          Map.entry("MALFORMED_REQUEST_JSON", 400),
          Map.entry("MISSING_REQUIRED_PARAMETER", 400),
          Map.entry("PERMISSION_DENIED", 403),
          Map.entry("PREVIOUS_REQUEST_IN_PROGRESS", 409),
          Map.entry("SERVICE_UNAVAILABLE", 503));

  private MockResponse() {}

  static void demandNone(Call.Kind kind, PayPalApp app, HttpRequest request) {
    String wanted = app.live() ? "" : code(request);
    int status = STATUSES.getOrDefault(wanted, Descriptions.knows(wanted) ? 422 : 0);
    if (status >= 500) {
      throw Issue.named(status, wanted);
    }
    if (status != 0) {
      throw Issue.mocked(status, kind, wanted);
    }
  }

  private static String code(HttpRequest request) {
    String header = request.headers().first("paypal-mock-response").orElse("{}");
    try {
      return Json.read(header.getBytes(StandardCharsets.UTF_8))
          .path("mock_application_codes")
          .asString("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
