package dev.gatehouse.testkit.emulator;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that a route was found for.
 *
 * @param request as it came
 * @param path what stood in the path for the names in braces, decoded
 */
public record Call(HttpRequest request, Map<String, String> path) {
  /** Copies the parts of the path. */
  public Call {
    path = Map.copyOf(path);
  }

  /** What stood in the path for a name of the route's template. */
  public String path(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the route has no {" + name + "}"));
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    return request.headers().first(name);
  }

  /** The address's query. */
  public Fields query() {
    return new Fields(decoded(request.uri().getRawQuery()));
  }

  /** The body, written as a form. */
  public Fields form() {
    return new Fields(decoded(new String(request.body(), StandardCharsets.UTF_8)));
  }

  /**
   * The body, written as a JSON object.
   *
   * @throws InvalidInputException if it is none, code {@link Router#BODY}
   */
  public Fields json() {
    return new Fields(Json.flat(request.body()));
  }

  /** The host under which the caller knows the provider, with a path of it. */
  public URI here(String path) {
    URI uri = request.uri();
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
  }

  private static Map<String, String> decoded(@Nullable String encoded) {
    Map<String, String> values = new LinkedHashMap<>();
    if (encoded == null || encoded.isEmpty()) {
      return values;
    }
    for (String pair : encoded.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          new Problem("request", Router.BODY, "it is not well encoded", "encode '%' and '&'"));
    }
  }
}
