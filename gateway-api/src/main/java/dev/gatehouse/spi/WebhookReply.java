package dev.gatehouse.spi;

import java.util.Map;

/**
 * What to answer to a webhook delivery.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body; may be empty
 */
public record WebhookReply(int status, Map<String, String> headers, byte[] body) {

  /** Copies headers and body. */
  public WebhookReply {
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  /** A status with no body. */
  public static WebhookReply status(int status) {
    return new WebhookReply(status, Map.of(), new byte[0]);
  }

  /** A copy of the body. */
  @Override
  public byte[] body() {
    return body.clone();
  }
}
