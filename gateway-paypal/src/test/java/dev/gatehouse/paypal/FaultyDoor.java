package dev.gatehouse.paypal;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A door that spoils the next call of a kind, and keeps what was sent. */
final class FaultyDoor implements HttpTransport {
  enum Fault {
    REFUSED_CONNECTION,
    LOST_REQUEST,
    LOST_RESPONSE,
    HALF_RESPONSE
  }

  private final HttpTransport behind;
  private final List<HttpRequest> sent = new ArrayList<>();
  private Predicate<HttpRequest> which = request -> false;
  private @Nullable Fault fault;
  private @Nullable HttpResponse instead;

  FaultyDoor(HttpTransport behind) {
    this.behind = behind;
  }

  /** Spoils the next request whose method and path contain this. */
  void next(String methodAndPath, Fault wanted) {
    which = request -> line(request).contains(methodAndPath);
    fault = wanted;
    instead = null;
  }

  /** The next request like this does not reach PayPal; somebody answers in its place. */
  void answer(String methodAndPath, int status, String type, String body) {
    answer(methodAndPath, status, HttpHeaders.none().with("content-type", type), body);
  }

  void answer(String methodAndPath, int status, HttpHeaders headers, String body) {
    which = request -> line(request).contains(methodAndPath);
    fault = null;
    instead = new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  static String line(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }

  /** Every request so far whose method and path contain this. */
  List<HttpRequest> sent(String methodAndPath) {
    return sent.stream().filter(request -> line(request).contains(methodAndPath)).toList();
  }

  List<HttpRequest> sent() {
    return List.copyOf(sent);
  }

  @Override
  public synchronized HttpResponse send(HttpRequest request, Duration limit) {
    sent.add(request);
    if (!which.test(request)) {
      return behind.send(request, limit);
    }
    which = other -> false;
    if (instead != null) {
      return instead;
    }
    if (fault == Fault.REFUSED_CONNECTION) {
      throw new TransportException.NotSent(request, "http.connect", "no connection", null);
    }
    if (fault == Fault.LOST_REQUEST) {
      throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
    }
    HttpResponse response = behind.send(request, limit);
    if (fault == Fault.LOST_RESPONSE) {
      throw new TransportException.Unknown(request, "http.timeout", "no complete answer");
    }
    byte[] half = new byte[response.body().length / 2];
    System.arraycopy(response.body(), 0, half, 0, half.length);
    return new HttpResponse(response.status(), response.headers(), half);
  }

  @Override
  public void close() {
    behind.close();
  }
}
