package dev.gatehouse.testkit.paypal;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.time.Duration;

/** The door to an emulator without a network. */
final class PayPalTransport implements HttpTransport {
  private final PayPalEmulator emulator;
  private volatile boolean closed;

  PayPalTransport(PayPalEmulator emulator) {
    this.emulator = emulator;
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
    return emulator.handle(request);
  }

  @Override
  public void close() {
    closed = true;
  }
}
