package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.time.Duration;
import java.util.Random;

/** A door to the network that loses a response now and then. */
final class LossyDoor implements HttpTransport {
  private static final int OF = 50;

  private final HttpTransport behind;
  private final Random random;

  LossyDoor(HttpTransport behind, String seed) {
    this.behind = behind;
    this.random = new Random(seed.hashCode());
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    HttpResponse response = behind.send(request, limit);
    if (request.method().equals("POST") && random.nextInt(OF) == 0) {
      throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
    }
    return response;
  }

  @Override
  public void close() {
    behind.close();
  }
}
