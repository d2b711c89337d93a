package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A door that spoils calls on command. */
final class LosingTransport implements HttpTransport {
  enum Fault {
    NONE,
    REFUSED_CONNECTION,
    LOST_REQUEST,
    LOST_RESPONSE
  }

  private final HttpTransport behind;
  private Fault fault = Fault.NONE;
  private HttpResponse instead;

  LosingTransport(HttpTransport behind) {
    this.behind = behind;
  }

  void next(Fault wanted) {
    fault = wanted;
  }

  /** The provider acts, and somebody answers this in its place. */
  void answerInstead(int status, String body) {
    instead = new HttpResponse(status, HttpHeaders.none(), body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    Fault now = fault;
    fault = Fault.NONE;
    if (now == Fault.REFUSED_CONNECTION) {
      throw new TransportException.NotSent(request, "http.connect", "no connection", null);
    }
    if (now == Fault.LOST_REQUEST) {
      throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
    }
    HttpResponse response = behind.send(request, limit);
    if (now == Fault.LOST_RESPONSE) {
      throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
    }
    if (instead != null) {
      response = instead;
      instead = null;
    }
    return response;
  }

  @Override
  public void close() {
    behind.close();
  }
}
