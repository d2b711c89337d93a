package dev.gatehouse.examples.membership;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A door to the network that loses an answer on command, after the provider has acted. The gateway
 * in front of it and the provider behind it know nothing of it. Thread-safe.
 */
final class LossyNetwork implements HttpTransport {
  private final HttpTransport real;
  private final AtomicBoolean losing = new AtomicBoolean();

  LossyNetwork(HttpTransport real) {
    this.real = real;
  }

  /** The answer to the next request that changes something gets lost. */
  void loseNextAnswer() {
    losing.set(true);
  }

  /** No answer gets lost any more, wanted or not. */
  void loseNothing() {
    losing.set(false);
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    HttpResponse answer = real.send(request, limit);
    if (request.method().equals("POST") && losing.compareAndSet(true, false)) {
      throw new TransportException.Unknown(request, "http.connection-lost", "the answer got lost");
    }
    return answer;
  }

  @Override
  public void close() {
    real.close();
  }
}
