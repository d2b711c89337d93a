package dev.gatehouse.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.spi.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when a provider that was called too often asked to be left alone. Thread-safe. */
final class AskedToRest {
  /** What is too much is too much for a moment at least. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Whoever asks for more has lost its clock; the next answer may ask again. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Clock clock;
  private volatile Optional<Instant> until = Optional.empty();

  AskedToRest(Clock clock) {
    this.clock = clock;
  }

  /** Remembers it, if that is what an answer says. */
  void heed(Object answer) {
    Failures.of(answer)
        .filter(failure -> failure.category() == ErrorCategory.RATE_LIMITED)
        .ifPresent(failure -> until = Optional.of(clock.instant().plus(granted(failure))));
  }

  private static Duration granted(Failure failure) {
    Duration asked = failure.retryAfter().orElse(SHORTEST);
    Duration atLeast = asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    return atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast;
  }

  Optional<Instant> until() {
    return until;
  }
}
