package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One webhook delivery as it came from the network, not yet trusted.
 *
 * @param method the HTTP method
 * @param uri the requested address
 * @param headers the headers; names are looked up whatever their case
 * @param body the raw bytes
 */
public record WebhookRequest(
    String method, URI uri, Map<String, List<String>> headers, byte[] body) {

  /**
   * Copies headers and body; joins headers whose names differ only in case. Missing parts are
   * refused with an {@link dev.gatehouse.error.InvalidInputException}.
   */
  public WebhookRequest {
    required("method", method);
    required("uri", uri);
    Map<String, List<String>> copy = new TreeMap<>();
    required("headers", headers)
        .forEach(
            (name, values) ->
                copy.merge(
                    required("header", name).toLowerCase(Locale.ROOT),
                    copyOf(values),
                    (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
    headers = Collections.unmodifiableMap(copy);
    body = required("body", body).clone();
  }

  /** Every value of a header; empty when it is absent. */
  public List<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  private static List<String> copyOf(List<String> values) {
    required("header", values).forEach(value -> required("header", value));
    return List.copyOf(values);
  }

  /** How many bytes the body has. */
  public int size() {
    return body.length;
  }

  /** A copy of the raw bytes. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "WebhookRequest[" + method + " " + uri.getPath() + ", " + body.length + " bytes]";
  }
}
