package dev.gatehouse.testkit.sink;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How much a portal takes, and when it takes nothing (<a
 * href="https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines">usage
 * guidelines</a>, <a
 * href="https://developers.hubspot.com/docs/api-reference/error-handling">errors</a>).
 */
final class HubSpotLimits {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration LOCK = Duration.ofSeconds(2);
  private static final String HEADER = "X-HubSpot-RateLimit-";

  private final Clock clock;
  private final Deque<Instant> window = new ArrayDeque<>();
  private int most = 100;
  private int mostOfADay = 250_000;
  private ZoneId zone = ZoneOffset.UTC;
  private LocalDate day = LocalDate.MIN;
  private int ofTheDay;
  private int refused;
  private Instant lockedUntil = Instant.MIN;
  private Instant movedAt = Instant.MIN;

  HubSpotLimits(Clock clock) {
    this.clock = clock;
  }

  void be(int tenSecondly, int daily, ZoneId midnight) {
    most = tenSecondly;
    mostOfADay = daily;
    zone = midnight;
  }

  void lock() {
    lockedUntil = clock.instant().plus(LOCK);
  }

  void move(Duration time) {
    movedAt = clock.instant().plus(time);
  }

  int refused() {
    return refused;
  }

  /** Why a request is not taken now; if it is, it counts. */
  Optional<HttpResponse> refusal() {
    Optional<HttpResponse> refusal = reason(clock.instant());
    if (refusal.isPresent()) {
      refused++;
    } else {
      window.add(clock.instant());
      ofTheDay++;
    }
    return refusal;
  }

  private Optional<HttpResponse> reason(Instant now) {
    window.removeIf(at -> !at.plus(WINDOW).isAfter(now));
    LocalDate today = LocalDate.ofInstant(now, zone);
    if (!today.equals(day)) {
      day = today;
      ofTheDay = 0;
    }
    if (now.isBefore(movedAt)) {
      long seconds = Duration.between(now, movedAt).plusMillis(999).toSeconds();
      HttpHeaders headers = HttpHeaders.none().with("Retry-After", String.valueOf(seconds));
      return Optional.of(new HttpResponse(477, headers, new byte[0]));
    } else if (now.isBefore(lockedUntil)) {
      return Optional.of(EmulatedSink.status(423));
    } else if (ofTheDay >= mostOfADay) {
      return Optional.of(tooMany("DAILY", "daily"));
    }
    return window.size() >= most
        ? Optional.of(tooMany("TEN_SECONDLY_ROLLING", "ten_secondly_rolling"))
        : Optional.empty();
  }

  /** As documented, without a Retry-After. */
  private static HttpResponse tooMany(String policy, String name) {
    return EmulatedSink.status(
        429,
        "{\"status\":\"error\",\"message\":\"You have reached your %s limit.\",".formatted(name)
            + "\"errorType\":\"RATE_LIMIT\",\"policyName\":\"%s\"}".formatted(policy));
  }

  /** An answer with what is left. */
  HttpResponse shownIn(HttpResponse answer) {
    HttpHeaders headers =
        answer
            .headers()
            .with(HEADER + "Interval-Milliseconds", String.valueOf(WINDOW.toMillis()))
            .with(HEADER + "Max", String.valueOf(most))
            .with(HEADER + "Remaining", String.valueOf(most - window.size()))
            .with(HEADER + "Daily", String.valueOf(mostOfADay))
            .with(HEADER + "Daily-Remaining", String.valueOf(mostOfADay - ofTheDay));
    return new HttpResponse(answer.status(), headers, answer.body());
  }
}
