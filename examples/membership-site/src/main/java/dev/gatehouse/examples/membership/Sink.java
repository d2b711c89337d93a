package dev.gatehouse.examples.membership;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service that is told of events. Sends one request and waits for the answer: "delivered" means
 * that the service has said so. Gatehouse tries again whatever fails. Thread-safe.
 */
final class Sink {
  /** The event's id goes along, so that the service can tell a repetition. */
  static final String EVENT_ID = "event-id";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpTransport http;
  private final URI base;

  Sink(HttpTransport http, URI base) {
    this.http = http;
    this.base = base;
  }

  /** Sends what an event is about; an answer other than 2xx is an {@link IOException}. */
  JsonNode send(String method, String path, LifecycleEvent about, ObjectNode body)
      throws IOException {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/json")
            .with(EVENT_ID, about.header().id());
    HttpResponse answer =
        http.send(new HttpRequest(method, base.resolve(path), headers, Json.write(body)), PATIENCE);
    if (answer.status() / 100 != 2) {
      throw new IOException(base.getHost() + path + " answered " + answer.status());
    }
    return answer.body().length == 0 ? Json.object() : Json.read(answer.body());
  }
}
