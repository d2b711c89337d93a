package dev.gatehouse.examples.membership;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The customer's browser: opens the provider's page, presses a button, follows the redirect. */
final class Browser {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpTransport http;
  private final URI provider;
  private final URI shop;

  /**
   * A browser that knows where to find both.
   *
   * @param provider where the provider's pages are now; their addresses may be of the time before
   *     its process was started again
   * @param shop where the shop's pages are, which has a name that nobody else here knows
   */
  Browser(HttpTransport http, URI provider, URI shop) {
    this.http = http;
    this.provider = provider;
    this.shop = shop;
  }

  void decide(URI address, String decision) {
    URI page = provider.resolve(address.getRawPath());
    demand(200, send("GET", page, ""), page);
    HttpResponse decided = send("POST", page, "decision=" + decision);
    demand(303, decided, page);
    String location = decided.headers().first("location").orElse("/");
    URI back = shop.resolve(URI.create(location).getRawPath());
    demand(204, send("GET", back, ""), back);
  }

  private HttpResponse send(String method, URI uri, String form) {
    HttpHeaders headers =
        HttpHeaders.none().with("content-type", "application/x-www-form-urlencoded");
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    return http.send(new HttpRequest(method, uri, headers, body), PATIENCE);
  }

  private static void demand(int wanted, HttpResponse answer, URI uri) {
    if (answer.status() != wanted) {
      throw new Surprise(uri.getPath() + " answered " + answer.status() + ", not " + wanted);
    }
  }
}
