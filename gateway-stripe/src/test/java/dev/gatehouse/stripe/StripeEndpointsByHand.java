package dev.gatehouse.stripe;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody registers an endpoint at Stripe's dashboard. */
record StripeEndpointsByHand(Bench bench) {
  void made(String url, String... events) {
    String form =
        Stream.of(events)
            .map(event -> "&enabled_events[]=" + event)
            .collect(Collectors.joining("", "url=" + url, ""));
    bench.door.send(
        new HttpRequest(
            "POST",
            URI.create("https://stripe.test/v1/webhook_endpoints"),
            HttpHeaders.none()
                .with("authorization", "Bearer sk_test_main")
                .with("content-type", "application/x-www-form-urlencoded"),
            form.getBytes(StandardCharsets.UTF_8)),
        Duration.ofSeconds(5));
  }
}
