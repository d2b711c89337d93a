package dev.gatehouse.testkit.emulator;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A signed notice that the provider wants delivered. Nothing is lost if it is delivered twice, late
 * or never.
 *
 * @param account the account that is notified
 * @param eventId the notice's id, the same in every delivery of it
 * @param type such as {@code charge.succeeded}
 * @param method always {@code POST}
 * @param uri where to
 * @param headers the signature among them
 * @param body the signed bytes
 */
public record PendingWebhook(
    String account,
    String eventId,
    String type,
    String method,
    URI uri,
    HttpHeaders headers,
    byte[] body) {

  /** Copies the body. */
  public PendingWebhook {
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
    return new WebhookRequest(method, uri, fields, body);
  }

  /** To be sent over HTTP. */
  public HttpRequest toHttpRequest() {
    return new HttpRequest(method, uri, headers, body);
  }

  @Override
  public String toString() {
    return "PendingWebhook[" + eventId + " " + type + " for " + account + "]";
  }
}
