package com.nordlicht.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Speaks the bank's HTTP, and says of each answer how certain it is. Never sends twice. */
final class NordlichtClient {
  private final NordlichtSettings settings;
  private final GatewayEnvironment environment;
  private volatile boolean closed;

  NordlichtClient(NordlichtSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** What came back. */
  sealed interface Answer {
    /** The bank's own answer. */
    record Done(Node body) implements Answer {}

    /** Certainly nothing happened. */
    record Refused(Failure failure) implements Answer {}

    /** Nobody knows. */
    record Unsure(Failure failure) implements Answer {}
  }

  void close() {
    closed = true;
  }

  /** The time limit is for a call, whatever requests it needs. */
  Deadline deadline() {
    return environment.deadline();
  }

  Answer post(String path, String requestId, ObjectNode body) {
    HttpHeaders headers =
        headers().with("nordlicht-request-id", requestId).with("content-type", "application/json");
    return send("POST", path, headers, Node.write(body), deadline());
  }

  Answer get(String path, Deadline deadline) {
    return send("GET", path, headers(), new byte[0], deadline);
  }

  private HttpHeaders headers() {
    return HttpHeaders.none()
        .with("nordlicht-key", settings.apiKey().reveal())
        .with("accept", "application/json");
  }

  // snippet: NordlichtSend
  private Answer send(
      String method, String path, HttpHeaders headers, byte[] body, Deadline deadline) {
    if (closed) {
      return new Answer.Refused(
          Failure.of(ErrorCategory.NOT_SENT, "gateway.closed", "the gateway is closed"));
    }
    HttpRequest request =
        new HttpRequest(method, URI.create(settings.baseUrl() + path), headers, body);
    try {
      return understood(environment.http().send(request, deadline));
    } catch (TransportException.NotSent e) {
      return new Answer.Refused(NordlichtErrors.transport(e));
    } catch (TransportException e) {
      return new Answer.Unsure(NordlichtErrors.transport(e));
    }
  }

  private static Answer understood(HttpResponse response) {
    if (response.status() == 200 || response.status() == 201) {
      try {
        return new Answer.Done(Node.read(response.body()));
      } catch (Node.Unreadable e) {
        return new Answer.Unsure(NordlichtErrors.unreadable(e));
      }
    }
    return NordlichtErrors.certainRefusal(response)
        .<Answer>map(Answer.Refused::new)
        .orElseGet(() -> new Answer.Unsure(NordlichtErrors.notUnderstood(response)));
  }

  // end snippet

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
