package dev.gatehouse.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One complete answer, whatever its status. {@code toString} shows the status, header names and the
 * body's size; never a value or the body. Immutable: the body is copied in and out.
 *
 * @param status the status code as sent, such as 200
 * @param headers the header fields as sent
 * @param body the raw body, not decoded in any way, empty for none
 */
public record HttpResponse(int status, HttpHeaders headers, byte[] body) {

  /** Refuses missing parts as invalid input. */
  public HttpResponse {
    Inputs.required("headers", headers);
    body = Inputs.required("body", body).clone();
  }

  /** A copy of the raw body. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The body read as UTF-8; bytes that are not UTF-8 become the replacement character. */
  public String bodyAsUtf8() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HttpResponse that
        && status == that.status
        && headers.equals(that.headers)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * status + Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + body.length + " bytes";
  }
}
