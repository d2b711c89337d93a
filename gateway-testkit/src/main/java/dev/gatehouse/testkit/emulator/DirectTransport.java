package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.time.Duration;

/**
 * The door to an emulated provider without a network: each call is the provider's function, on the
 * caller's thread. The request's host and the time limit do not matter. Thread-safe if the provider
 * is.
 */
public final class DirectTransport implements HttpTransport {
  private final Provider provider;
  private volatile boolean closed;

  /** A provider as a function. */
  public interface Provider {
    /** Answers one request; never throws for what a request holds. */
    HttpResponse handle(HttpRequest request);
  }

  /** A door to this provider. */
  public DirectTransport(Provider provider) {
    this.provider = provider;
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    if (request == null || limit == null || limit.isZero() || limit.isNegative()) {
      throw new InvalidInputException(
          new Problem(
              request == null ? "request" : "limit",
              "http.missing",
              "it is missing or out of range",
              "give a request and a time greater than zero"));
    }
    if (closed) {
      throw new TransportException.NotSent(request, "http.closed", "the transport is closed", null);
    }
    return provider.handle(request);
  }

  @Override
  public void close() {
    closed = true;
  }
}
