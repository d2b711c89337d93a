package dev.gatehouse.testkit.scenario;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A door to the network that does once what it is told, at the next {@code POST}. */
final class Door implements HttpTransport {
  /** What happens to one call. */
  @FunctionalInterface
  interface Incident {
    HttpResponse happen(HttpRequest request, Way through);
  }

  /** The way that the call would have taken. */
  @FunctionalInterface
  interface Way {
    HttpResponse go();
  }

  private final HttpTransport behind;
  private final Crash.Process process;
  private final AtomicReference<Incident> next = new AtomicReference<>();
  private volatile boolean down;

  Door(HttpTransport behind, Crash.Process process) {
    this.behind = behind;
    this.process = process;
  }

  /** Nothing reaches the provider. */
  void down(boolean isDown) {
    down = isDown;
  }

  void next(Incident incident) {
    next.set(incident);
  }

  void losesTheRequest() {
    next(
        (request, through) -> {
          throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
        });
  }

  void losesTheResponse() {
    next(
        (request, through) -> {
          through.go();
          throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
        });
  }

  void refusesTheConnection() {
    next(
        (request, through) -> {
          throw new TransportException.NotSent(request, "http.connect", "no connection", null);
        });
  }

  void crashesBeforeTheRequest() {
    next(
        (request, through) -> {
          throw process.dies();
        });
  }

  void crashesAfterTheResponse() {
    next(
        (request, through) -> {
          through.go();
          throw process.dies();
        });
  }

  /** Between the provider's work and its answer, this happens. */
  void beforeTheAnswer(Runnable meanwhile) {
    next(
        (request, through) -> {
          HttpResponse response = through.go();
          meanwhile.run();
          return response;
        });
  }

  /** The provider is not reached; somebody in front of it answers this. */
  void answers(int status, HttpHeaders headers, String body) {
    next(
        (request, through) ->
            new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    if (down) {
      throw new TransportException.NotSent(request, "http.connect", "no connection", null);
    }
    Incident incident = request.method().equals("POST") ? next.getAndSet(null) : null;
    return incident == null
        ? behind.send(request, limit)
        : incident.happen(request, () -> behind.send(request, limit));
  }

  @Override
  public void close() {
    behind.close();
  }
}
