package dev.gatehouse.testkit.emulator;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers of emulated providers. */
public final class Answers {
  private Answers() {}

  /**
   * A JSON object.
   *
   * @param fields in their order, if the map has one: texts, numbers, booleans, maps, collections,
   *     and {@code Optional}s, which are left out when empty
   */
  public static HttpResponse json(int status, Map<String, ?> fields) {
    return json(status, "application/json", fields);
  }

  /** A JSON object under a media type of its own, such as {@code application/problem+json}. */
  public static HttpResponse json(int status, String mediaType, Map<String, ?> fields) {
    return body(status, mediaType, Json.write(fields));
  }

  /** A body of this media type. */
  public static HttpResponse body(int status, String mediaType, byte[] body) {
    return new HttpResponse(status, HttpHeaders.none().with("content-type", mediaType), body);
  }

  /** A whole page for people, which can run and load nothing. */
  public static HttpResponse html(int status, String page) {
    HttpHeaders headers =
        HttpHeaders.none()
            .with("content-type", "text/html; charset=utf-8")
            .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
            .with("cache-control", "no-store");
    return new HttpResponse(status, headers, page.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the browser elsewhere, to be asked for with GET. */
  public static HttpResponse seeOther(URI where) {
    return new HttpResponse(
        303, HttpHeaders.none().with("location", where.toASCIIString()), new byte[0]);
  }

  /** The same answer with one header more. */
  public static HttpResponse with(HttpResponse answer, String name, String value) {
    return new HttpResponse(answer.status(), answer.headers().with(name, value), answer.body());
  }
}
