package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A delivery that PayPal is about to make. Nothing sends it: a test decides when and how often.
 *
 * @param eventId PayPal's id of what it announces
 * @param type such as {@code PAYMENT.CAPTURE.COMPLETED}
 * @param headers with the signature
 * @param body the signed bytes
 */
public record PayPalWebhook(String eventId, String type, HttpHeaders headers, byte[] body) {

  /** Copies the body. */
  public PayPalWebhook {
    body = body.clone();
  }

  /** A copy of the signed bytes. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** As it would come from the network. */
  public WebhookRequest toWebhookRequest() {
    Map<String, List<String>> fields =
        headers.fields().stream()
            .collect(
                Collectors.groupingBy(
                    HttpHeaders.Field::name,
                    Collectors.mapping(HttpHeaders.Field::value, Collectors.toList())));
    return new WebhookRequest("POST", URI.create("https://shop.test/paypal"), fields, body);
  }

  /** To be sent over HTTP. */
  public HttpRequest toHttpRequest(URI to) {
    return new HttpRequest("POST", to, headers, body);
  }

  @Override
  public String toString() {
    return "PayPalWebhook[" + eventId + " " + type + "]";
  }
}
