package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.Map;

/**
 * What to answer to a webhook delivery.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body; may be empty
 */
public record WebhookReply(int status, Map<String, String> headers, byte[] body) {

  /** Copies headers and body; refuses missing parts and what is no HTTP status. */
  public WebhookReply {
    required("headers", headers)
        .forEach(
            (name, value) -> {
              required("header", name);
              required("header", value);
            });
    if (status < 100 || status > 599) {
      throw new InvalidInputException(
          new Problem("status", "http.status", "is no HTTP status", "use 100 to 599"));
    }
    headers = Map.copyOf(headers);
    body = required("body", body).clone();
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
