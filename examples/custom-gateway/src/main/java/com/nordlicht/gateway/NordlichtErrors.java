package com.nordlicht.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the bank's problems and rejections mean: the one place where they are translated. */
final class NordlichtErrors {
  private static final String PROBLEMS = "https://nordlicht.example/problems/";

  /** The bank's own refusals, which come before any effect. */
  private static final Map<String, ErrorCategory> REFUSALS =
      Map.of(
          "invalid", ErrorCategory.VALIDATION,
          "not-found", ErrorCategory.NOT_FOUND,
          "not-possible", ErrorCategory.INVALID_STATE,
          "request-id-reused", ErrorCategory.IDEMPOTENCY_CONFLICT);

  private static final Map<String, DeclineCode> REJECTIONS =
      Map.of(
          "NL-05", DeclineCode.DO_NOT_HONOR,
          "NL-41", DeclineCode.ABANDONED,
          "NL-42", DeclineCode.ABANDONED,
          "NL-43", DeclineCode.STOLEN_CARD,
          "NL-51", DeclineCode.INSUFFICIENT_FUNDS,
          "NL-54", DeclineCode.EXPIRED_CARD,
          "NL-61", DeclineCode.PROCESSING_ERROR);

  private NordlichtErrors() {}

  /** A rejection: the code decides, and one that is new is still a decline. */
  static Decline decline(Node rejection) {
    String code = rejection.text("code");
    return new Decline(
        REJECTIONS.getOrDefault(code, DeclineCode.GENERIC_DECLINE),
        DeclineAdvice.NONE,
        code,
        rejection.maybe("text").orElse(""));
  }

  // snippet: NordlichtRefusal
  /** A refusal that certainly had no effect; empty if that is not certain. */
  static Optional<Failure> certainRefusal(HttpResponse response) {
    return switch (response.status()) {
      // The bank looks at the key and at the limits first, so their status is enough.
      case 401, 403 ->
          Optional.of(
              Failure.of(
                  ErrorCategory.AUTHENTICATION,
                  "http." + response.status(),
                  "the bank refused the key in setting '" + NordlichtProvider.API_KEY + "'"));
      case 429 ->
          Optional.of(
              new Failure(
                  ErrorCategory.RATE_LIMITED, "http.429", "too many requests", wait(response)));
      case 400, 404, 409, 422 -> problem(response);
      default -> Optional.empty();
    };
  }

  /** Only the bank writes its problems; a page of some machine on the way proves nothing. */
  private static Optional<Failure> problem(HttpResponse response) {
    try {
      Node problem = Node.read(response.body());
      String type = problem.text("type");
      return Optional.ofNullable(REFUSALS.get(type.replaceFirst("^" + PROBLEMS, "")))
          .filter(category -> type.startsWith(PROBLEMS))
          .map(category -> Failure.of(category, type, problem.maybe("title").orElse("refused")));
    } catch (Node.Unreadable e) {
      return Optional.empty();
    }
  }

  // end snippet

  private static Optional<Duration> wait(HttpResponse response) {
    return response
        .headers()
        .first("retry-after")
        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  static Failure notUnderstood(HttpResponse response) {
    return Failure.of(
        ErrorCategory.UNKNOWN_OUTCOME,
        "http." + response.status(),
        "no answer of the bank that can be understood");
  }

  static Failure unreadable(Node.Unreadable e) {
    return Failure.of(
        ErrorCategory.UNKNOWN_OUTCOME, "answer.unreadable", String.valueOf(e.getMessage()));
  }

  static Failure transport(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage()));
  }
}
