package dev.gatehouse.paypal;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Another shop on the same account. */
final class NeighbourShop {
  private final Shop shop;
  private final String token;

  NeighbourShop(Shop shop) {
    this.shop = shop;
    String pair = shop.app.clientId() + ":" + shop.app.clientSecret();
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/x-www-form-urlencoded")
            .with(
                "authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    this.token =
        PayPalSdk.read(sent("/v1/oauth2/token", headers, "grant_type=client_credentials").body())
            .text("access_token");
  }

  private HttpResponse sent(String path, HttpHeaders headers, String body) {
    return shop.paypal.handle(
        new HttpRequest(
            "POST",
            URI.create("https://api-m.sandbox.paypal.com" + path),
            headers,
            body.getBytes(StandardCharsets.UTF_8)));
  }

  String id(String path, String body) {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "application/json")
            .with("prefer", "return=representation")
            .with("authorization", "Bearer " + token);
    return PayPalSdk.read(sent(path, headers, body).body()).text("id");
  }
}
