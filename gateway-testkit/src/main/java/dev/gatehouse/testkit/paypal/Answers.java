package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers in PayPal's manner. Each has an id for its support; it is no secret. */
final class Answers {
  private int given;

  HttpResponse json(int status, JsonNode body) {
    return new HttpResponse(status, headers(nextDebugId()), Json.write(body));
  }

  HttpResponse empty(int status) {
    HttpHeaders headers = HttpHeaders.none().with("paypal-debug-id", nextDebugId());
    return new HttpResponse(status, headers, new byte[0]);
  }

  HttpResponse text(int status, String type, String body) {
    return new HttpResponse(
        status,
        HttpHeaders.none().with("content-type", type).with("paypal-debug-id", nextDebugId()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse issue(Issue issue) {
    String debugId = nextDebugId();
    return new HttpResponse(issue.status(), headers(debugId), Json.write(issue.body(debugId)));
  }

  /** The resource, or as much of it as the caller wants. */
  HttpResponse resource(Call call, int status, ObjectNode full) {
    return json(status, call.wantsRepresentation() ? full : Views.minimal(full));
  }

  private String nextDebugId() {
    return String.format("f%012x", ++given);
  }

  private static HttpHeaders headers(String debugId) {
    return HttpHeaders.none()
        .with("content-type", "application/json")
        .with("paypal-debug-id", debugId);
  }
}
