package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the provider's errors and declines mean: the one place where they are translated. */
final class ReferenceErrors {
  private static final long LONGEST_WAIT_SECONDS = 86_400;

  /** The provider uses the shared words for declines, in lower case. */
  private static final Map<String, DeclineCode> DECLINES =
      Arrays.stream(DeclineCode.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> code.name().toLowerCase(Locale.ROOT), Function.identity()));

  /** Refusals that are certain to have had no effect, by the type that the provider gives. */
  private static final Map<String, ErrorCategory> REFUSALS =
      Map.of(
          "invalid_request", ErrorCategory.VALIDATION,
          "not_found", ErrorCategory.NOT_FOUND,
          "invalid_state", ErrorCategory.INVALID_STATE,
          "idempotency_conflict", ErrorCategory.IDEMPOTENCY_CONFLICT);

  private ReferenceErrors() {}

  static Decline decline(JsonNode node) {
    String raw = node.path("code").asString("");
    return new Decline(
        DECLINES.getOrDefault(raw, DeclineCode.GENERIC_DECLINE),
        advice(node.path("advice").asString("")),
        raw,
        node.path("message").asString(""));
  }

  private static DeclineAdvice advice(String raw) {
    return switch (raw) {
      case "try_again_later" -> DeclineAdvice.TRY_AGAIN_LATER;
      case "confirm_data" -> DeclineAdvice.CONFIRM_DATA;
      case "do_not_try_again" -> DeclineAdvice.DO_NOT_TRY_AGAIN;
      default -> DeclineAdvice.NONE;
    };
  }

  /**
   * A refusal that is certain to have had no effect; empty if that is not certain. Keys and limits
   * are checked before anything else, so their status is enough. Every other refusal needs the
   * provider's own error: a page of some machine on the way proves nothing.
   */
  static Optional<Failure> certainRefusal(HttpResponse response) {
    int status = response.status();
    if (status == 401 || status == 403) {
      return Optional.of(
          Failure.of(
              ErrorCategory.AUTHENTICATION,
              "http." + status,
              "the provider refused the key in setting '"
                  + ReferenceGatewayProvider.SECRET_KEY
                  + "'"));
    }
    if (status == 429) {
      return Optional.of(
          new Failure(
              ErrorCategory.RATE_LIMITED, "http.429", "too many requests", retryAfter(response)));
    }
    if (status < 400 || status > 499) {
      return Optional.empty();
    }
    JsonNode error = error(response);
    return Optional.ofNullable(REFUSALS.get(error.path("type").asString("")))
        .map(
            category ->
                Failure.of(
                    category, error.path("code").asString(""), error.path("message").asString("")));
  }

  static Failure unknown(String code, String message) {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, code, message);
  }

  static Failure unreadable(HttpResponse response) {
    return unknown("http." + response.status(), "no answer of the provider that can be understood");
  }

  static Failure transport(TransportException e) {
    return Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage()));
  }

  private static JsonNode error(HttpResponse response) {
    try {
      return Json.read(response.body()).path("error");
    } catch (JacksonException e) {
      return Json.object();
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse response) {
    return response
        .headers()
        .first("retry-after")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WAIT_SECONDS)));
  }
}
