package dev.gatehouse.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A door that spoils the next call on command, and keeps what went through it. */
final class LossyDoor implements HttpTransport {
  enum Fault {
    NONE,
    REFUSED_CONNECTION,
    LOST_REQUEST,
    LOST_RESPONSE
  }

  final List<HttpRequest> requests = new ArrayList<>();
  private final HttpTransport behind;
  private Fault fault = Fault.NONE;
  private Fault ofPost = Fault.NONE;
  private @Nullable HttpResponse instead;

  LossyDoor(HttpTransport behind) {
    this.behind = behind;
  }

  void next(Fault wanted) {
    fault = wanted;
  }

  /** The next call that acts is spoilt. */
  void onPost(Fault wanted) {
    ofPost = wanted;
  }

  /** Stripe acts, and somebody answers this in its place. */
  void answerInstead(int status, String body) {
    instead =
        new HttpResponse(
            status,
            HttpHeaders.none().with("content-type", "application/json"),
            body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    boolean acts = request.method().equals("POST") && ofPost != Fault.NONE;
    Fault now = acts ? ofPost : fault;
    fault = Fault.NONE;
    ofPost = acts ? Fault.NONE : ofPost;
    requests.add(request);
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
    HttpResponse other = instead;
    instead = null;
    return other == null ? response : other;
  }

  @Override
  public void close() {
    behind.close();
  }
}
