package dev.gatehouse.testkit.reference;

import dev.gatehouse.http.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/** A refusal of the provider on its way to the caller. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;

  ApiError(int status, String type, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
  }

  static ApiError invalid(String code, String message) {
    return new ApiError(400, "invalid_request", code, message);
  }

  static ApiError notFound(String what) {
    return new ApiError(404, "not_found", "no_such_" + what, "There is no such " + what + ".");
  }

  static ApiError state(String code, String message) {
    return new ApiError(409, "invalid_state", code, message);
  }

  static ApiError otherAccount() {
    return new ApiError(403, "authentication", "other_account", "The key is of another account.");
  }

  static ApiError server() {
    return new ApiError(500, "api_error", "internal", "Something went wrong on our side.");
  }

  int status() {
    return status;
  }

  HttpResponse response() {
    ObjectNode body = Json.object();
    body.putObject("error").put("type", type).put("code", code).put("message", getMessage());
    return Json.response(status, body);
  }
}
