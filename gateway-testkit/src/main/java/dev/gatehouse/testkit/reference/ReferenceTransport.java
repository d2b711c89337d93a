package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.emulator.DirectTransport;
import java.net.URI;
import java.time.Duration;

/**
 * The door to a reference provider without a network: each call is the provider's function, on the
 * caller's thread. The request's host and the time limit do not matter. Thread-safe.
 */
public final class ReferenceTransport implements HttpTransport {
  /** An address for the provider behind this door; nothing is sent to it. */
  public static final URI BASE_URL = URI.create("https://reference.test");

  private final DirectTransport door;

  /** A door to this provider. */
  public ReferenceTransport(ReferenceProvider provider) {
    this.door = new DirectTransport(provider::handle);
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    return door.send(request, limit);
  }

  @Override
  public void close() {
    door.close();
  }
}
