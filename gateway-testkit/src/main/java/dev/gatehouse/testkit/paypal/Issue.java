package dev.gatehouse.testkit.paypal;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A refusal in PayPal's own form, on its way out. */
final class Issue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String name;
  private final transient Optional<String> issue;
  private final transient Optional<String> description;
  private final transient Optional<String> field;
  private transient @Nullable Link link;

  private record Link(String rel, String href) {}

  private static final Map<Integer, String> NAMES =
      Map.of(
          400, "INVALID_REQUEST",
          403, "NOT_AUTHORIZED",
          404, "RESOURCE_NOT_FOUND",
          409, "RESOURCE_CONFLICT",
          422, "UNPROCESSABLE_ENTITY");

  private static final Map<Integer, String> MESSAGES =
      Map.of(
          400, "Request is not well-formed, syntactically incorrect, or violates schema.",
          401,
              "Authentication failed due to missing authorization header, or invalid"
                  + " authentication credentials.",
          403, "Authorization failed due to insufficient permissions.",
          404, "The specified resource does not exist.",
          409, "The server has detected a conflict while processing this request.",
          415, "The server does not support the request payload's media type.",
          422,
              "The requested action could not be performed, semantically incorrect, or failed"
                  + " business validation.",
          500, "An internal server error occurred.",
          503, "Service Unavailable.");

  private Issue(
      int status,
      String name,
      Optional<String> issue,
      Optional<String> description,
      Optional<String> field) {
    super(issue.orElse(name), null, false, false);
    this.status = status;
    this.name = name;
    this.issue = issue;
    this.description = description;
    this.field = field;
  }

  static Issue unprocessable(Call.Kind kind, String issue) {
    return new Issue(
        422,
        "UNPROCESSABLE_ENTITY",
        Optional.of(issue),
        Descriptions.of(kind, issue),
        Optional.empty());
  }

  static Issue unprocessable(Call.Kind kind, String issue, String field) {
    return new Issue(
        422,
        "UNPROCESSABLE_ENTITY",
        Optional.of(issue),
        Descriptions.of(kind, issue),
        Optional.of(field));
  }

  static Issue invalid(Call.Kind kind, String issue, String field) {
    return new Issue(
        400,
        "INVALID_REQUEST",
        Optional.of(issue),
        Descriptions.of(kind, issue),
        Optional.of(field));
  }

  /** One that its name says all about. */
  static Issue named(int status, String name) {
    return new Issue(status, name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** One that was asked for, with the name that its status has. */
  static Issue mocked(int status, Call.Kind kind, String issue) {
    return new Issue(
        status,
        NAMES.getOrDefault(status, issue),
        Optional.of(issue),
        Descriptions.of(kind, issue),
        Optional.empty());
  }

  static Issue notFound() {
    return new Issue(
        404,
        "RESOURCE_NOT_FOUND",
        Optional.of("INVALID_RESOURCE_ID"),
        Optional.of(
            "Specified resource ID does not exist. Please check the resource ID and try again."),
        Optional.empty());
  }

  static Issue unauthenticated() {
    return new Issue(
        401, "AUTHENTICATION_FAILURE", Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Issue unsupportedMedia() {
    return new Issue(
        415, "UNSUPPORTED_MEDIA_TYPE", Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Issue inProgress() {
    return new Issue(
        409,
        "RESOURCE_CONFLICT",
        Optional.of("PREVIOUS_REQUEST_IN_PROGRESS"),
        Optional.of(
            "A previous request on this resource is currently in progress. Please wait for sometime"
                + " and try again. It is best to space out the initial and the subsequent"
                + " request(s) to avoid receiving this error."),
        Optional.empty());
  }

  /** This, with where to send the payer. */
  Issue linking(String rel, String href) {
    link = new Link(rel, href);
    return this;
  }

  int status() {
    return status;
  }

  ObjectNode body(String debugId) {
    ObjectNode body = Json.object().put("name", name).put("message", MESSAGES.get(status));
    body.put("debug_id", debugId);
    if (issue.isPresent()) {
      ObjectNode detail = body.putArray("details").addObject().put("issue", issue.get());
      field.ifPresent(where -> detail.put("field", where).put("location", "body"));
      description.ifPresent(text -> detail.put("description", text));
    }
    if (link != null) {
      body.putArray("links")
          .addObject()
          .put("href", link.href())
          .put("rel", link.rel())
          .put("method", "GET");
    }
    return body;
  }
}
