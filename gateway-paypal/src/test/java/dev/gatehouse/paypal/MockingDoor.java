package dev.gatehouse.paypal;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.time.Duration;

/** A door that asks PayPal's negative testing to refuse the next call of a kind. */
final class MockingDoor implements HttpTransport {
  private final HttpTransport behind;
  private String which = "";
  private String issue = "";

  MockingDoor(HttpTransport behind) {
    this.behind = behind;
  }

  /** Asks for this issue with the next request whose method and path contain this. */
  void next(String methodAndPath, String wanted) {
    which = methodAndPath;
    issue = wanted;
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    if (which.isEmpty() || !FaultyDoor.line(request).contains(which)) {
      return behind.send(request, limit);
    }
    which = "";
    HttpHeaders headers =
        request
            .headers()
            .with("PayPal-Mock-Response", "{\"mock_application_codes\":\"" + issue + "\"}");
    return behind.send(
        new HttpRequest(request.method(), request.uri(), headers, request.body()), limit);
  }

  @Override
  public void close() {
    behind.close();
  }
}
