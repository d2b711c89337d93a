package dev.gatehouse.crm.hubspot;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.sink.SinkJson;
import java.time.Duration;
import java.util.Optional;

/**
 * How long HubSpot is left alone after an answer without a {@code Retry-After}: <a
 * href="https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines">usage
 * guidelines</a>, <a
 * href="https://developers.hubspot.com/docs/api-reference/error-handling">errors</a>.
 */
final class Limits {
  private static final int LOCKED = 423;
  private static final int TOO_MANY = 429;

  /** How long a lock lasts. */
  private static final Duration LOCK = Duration.ofSeconds(2);

  /** Over which requests are counted. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** Its day ends at the midnight of a time zone that nobody tells us: asked each hour. */
  private static final Duration OF_A_DAY = Duration.ofHours(1);

  private Limits() {}

  static Optional<Duration> rest(HttpResponse response) {
    return switch (response.status()) {
      case LOCKED -> Optional.of(LOCK);
      case TOO_MANY -> Optional.of(isOfTheDay(response) ? OF_A_DAY : WINDOW);
      default -> Optional.empty();
    };
  }

  private static boolean isOfTheDay(HttpResponse response) {
    return SinkJson.read(response.body())
        .filter(body -> body.path("policyName").asString("").equals("DAILY"))
        .isPresent();
  }
}
