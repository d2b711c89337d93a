package dev.gatehouse.testkit.stripe;

import dev.gatehouse.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A refusal of the provider on its way to the caller, in Stripe's shape. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ObjectNode error;
  private final boolean executed;

  private ApiError(int status, ObjectNode error, boolean executed) {
    super(error.path("message").asString(""), null, false, false);
    this.status = status;
    this.error = error;
    this.executed = executed;
  }

  private static ObjectNode error(String type, @Nullable String code, String message) {
    ObjectNode error = Json.object().put("type", type);
    if (code != null) {
      error.put("code", code).put("doc_url", "https://stripe.com/docs/error-codes/" + dashed(code));
    }
    return error.put("message", message);
  }

  private static String dashed(String code) {
    return code.replace('_', '-');
  }

  /** A parameter is wrong; nothing was executed, so nothing is kept under the key. */
  static ApiError parameter(@Nullable String code, String param, String message) {
    ObjectNode error = error("invalid_request_error", code, message);
    return new ApiError(400, error.put("param", param), false);
  }

  static ApiError missing(String what, String id) {
    ObjectNode error =
        error("invalid_request_error", "resource_missing", "No such " + what + ": '" + id + "'");
    return new ApiError(404, error.put("param", what.replace("payment_", "")), false);
  }

  static ApiError noSuchPath(String method, String path) {
    return new ApiError(
        404,
        error(
            "invalid_request_error",
            null,
            "Unrecognized request URL (" + method + ": " + path + ")."),
        false);
  }

  /** Not possible in the state that the object is in; that was found out by executing. */
  static ApiError state(String code, String message) {
    return new ApiError(400, error("invalid_request_error", code, message), true);
  }

  static ApiError unauthorized(String message) {
    return new ApiError(401, error("invalid_request_error", null, message), false);
  }

  static ApiError expiredKey() {
    return new ApiError(
        401, error("invalid_request_error", "api_key_expired", "Expired API Key provided."), false);
  }

  static ApiError forbidden() {
    return new ApiError(
        403,
        error(
            "invalid_request_error",
            null,
            "The provided key does not have the required permissions for this endpoint."),
        false);
  }

  static ApiError otherParameters() {
    return new ApiError(
        400,
        error(
            "idempotency_error",
            null,
            "Keys for idempotent requests can only be used with the same parameters they were"
                + " first used with."),
        false);
  }

  static ApiError keyInUse() {
    return new ApiError(
        409,
        error(
            "idempotency_error",
            "idempotency_key_in_use",
            "There is currently another in-progress request using this idempotency key."),
        false);
  }

  static ApiError rateLimit() {
    return new ApiError(
        429, error("invalid_request_error", "rate_limit", "Request rate limit exceeded."), false);
  }

  static ApiError server() {
    return new ApiError(
        500, error("api_error", null, "An unknown error occurred. Please try again."), true);
  }

  /** A card was declined; the error shows the charge and the intent. */
  static ApiError card(ObjectNode error) {
    return new ApiError(402, error, true);
  }

  /** Whether the endpoint had begun to execute, so that its answer is kept under the key. */
  boolean executed() {
    return executed;
  }

  Optional<String> param() {
    return Optional.of(error.path("param").asString("")).filter(text -> !text.isEmpty());
  }

  HttpResponse response() {
    ObjectNode body = Json.object();
    body.set("error", error);
    return Json.response(status, body);
  }
}
