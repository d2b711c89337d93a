package dev.gatehouse.http;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request that is fit to be sent: whoever holds one knows that its parts are well-formed and
 * that it does not go out in the clear.
 *
 * <p>{@code toString} shows the method, scheme, host, path, header names and the body's size; never
 * a header's value, a query or a body. Immutable: the body is copied in and out.
 *
 * @param method the method, a token of RFC 9110 in capitals, such as {@code POST}; not {@code
 *     CONNECT} or {@code TRACE}
 * @param uri an absolute {@code https} URI with a host, without user info or fragment; {@code http}
 *     only for {@code localhost}, {@code 127.x.x.x} and {@code [::1]}
 * @param headers header fields of printable ASCII; not those that belong to the connection and are
 *     set by the transport, such as {@code Host} or {@code Content-Length}
 * @param body the raw body, empty for none
 */
public record HttpRequest(String method, URI uri, HttpHeaders headers, byte[] body) {

  /**
   * Checks every part.
   *
   * @throws InvalidInputException listing everything that is malformed
   * @throws ConfigurationException if all is well-formed but would go out in the clear
   */
  public HttpRequest {
    List<Problem> problems = RequestRules.problems(method, uri, headers, body);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    if (RequestRules.goesOutInTheClear(uri)) {
      throw new ConfigurationException(
          new Problem(
              "uri",
              "http.plain",
              "plain http to " + uri.getHost() + " would show secrets to everyone on the way",
              "use https; plain http is for localhost, 127.x.x.x and [::1] only"));
    }
    body = body.clone();
  }

  /** A copy of the raw body. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** What an operator may be told of this request: the method and the host, with a port if set. */
  String subject() {
    return method + " " + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HttpRequest that
        && method.equals(that.method)
        && uri.equals(that.uri)
        && headers.equals(that.headers)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * uri.hashCode() + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return method
        + " "
        + uri.getScheme()
        + "://"
        + uri.getRawAuthority()
        + uri.getRawPath()
        + (uri.getRawQuery() == null ? "" : "?…")
        + " "
        + headers
        + " "
        + body.length
        + " bytes";
  }
}
