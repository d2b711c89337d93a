package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import java.net.URI;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks the provider's HTTP and says of each answer what kind it is. Never retries. */
final class ReferenceClient {
  private final ReferenceSettings settings;
  private final GatewayEnvironment environment;
  private volatile boolean closed;

  ReferenceClient(ReferenceSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** What came back. */
  sealed interface Answer {
    /** The provider did it: status 200 and an object of the type wanted. */
    record Done(JsonNode body) implements Answer {}

    /** A decline, with the provider's error. */
    record Declined(JsonNode error) implements Answer {}

    /** Certainly nothing happened. */
    record Refused(Failure failure) implements Answer {}

    /** Nobody knows. */
    record Unsure(Failure failure) implements Answer {}
  }

  Deadline deadline() {
    return environment.deadline();
  }

  void close() {
    closed = true;
  }

  Answer post(String path, String key, Supplier<ObjectNode> body, String wanted) {
    HttpHeaders headers =
        headers().with("idempotency-key", key).with("content-type", "application/json");
    Supplier<byte[]> bytes = () -> Json.write(body.get());
    return send("POST", path, headers, bytes, wanted, deadline());
  }

  Answer get(String path, String wanted, Deadline deadline) {
    return send("GET", path, headers(), () -> new byte[0], wanted, deadline);
  }

  private HttpHeaders headers() {
    return HttpHeaders.none()
        .with("authorization", "Bearer " + settings.secretKey().reveal())
        .with("accept", "application/json");
  }

  private Answer send(
      String method,
      String path,
      HttpHeaders headers,
      Supplier<byte[]> body,
      String wanted,
      Deadline deadline) {
    if (closed) {
      return refused(ErrorCategory.NOT_SENT, "gateway.closed", "the gateway is closed");
    }
    HttpRequest request;
    try {
      request = new HttpRequest(method, URI.create(settings.baseUrl() + path), headers, body.get());
    } catch (GatehouseException e) {
      return refused(e.category(), "request.malformed", "the request can't be sent");
    } catch (IllegalArgumentException e) {
      return refused(ErrorCategory.VALIDATION, "request.malformed", "an id is malformed");
    }
    try {
      return understood(environment.http().send(request, deadline), wanted);
    } catch (TransportException.NotSent e) {
      return new Answer.Refused(ReferenceErrors.transport(e));
    } catch (TransportException e) {
      return new Answer.Unsure(ReferenceErrors.transport(e));
    }
  }

  private static Answer refused(ErrorCategory category, String code, String message) {
    return new Answer.Refused(Failure.of(category, code, message));
  }

  private static Answer understood(HttpResponse response, String wanted) {
    var refusal = ReferenceErrors.certainRefusal(response);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    try {
      JsonNode body = Json.read(response.body());
      // An error beside a result, or under status 200, is no result.
      boolean hasError = !body.path("error").isMissingNode();
      if (response.status() == 200 && !hasError && isA(wanted, body)) {
        return new Answer.Done(body);
      }
      if (response.status() == 402
          && body.path("error").path("type").asString("").equals("declined")) {
        return new Answer.Declined(body.path("error"));
      }
    } catch (JacksonException e) {
      // Garbage, or cut short. Not passed on: what a parser says may quote the answer.
    }
    return new Answer.Unsure(ReferenceErrors.unreadable(response));
  }

  private static boolean isA(String wanted, JsonNode body) {
    return body.path("object").asString("").equals(wanted);
  }
}
