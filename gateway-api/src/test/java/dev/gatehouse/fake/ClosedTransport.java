package dev.gatehouse.fake;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A door to no network: sending is a failure of the test, closing is counted. */
public final class ClosedTransport implements HttpTransport {
  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    throw new AssertionError("nothing may be sent");
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** How often it was closed. */
  public int closed() {
    return closed.get();
  }
}
