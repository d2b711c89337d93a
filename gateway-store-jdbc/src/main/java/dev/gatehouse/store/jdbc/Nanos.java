package dev.gatehouse.store.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times in columns: nanoseconds since 1970, so that they can be compared. A time too far away for
 * them becomes the farthest; the exact one is in the record's own text.
 */
final class Nanos {
  private static final long SECOND = 1_000_000_000;
  private static final Instant FIRST = of(Long.MIN_VALUE);
  private static final Instant LAST = of(Long.MAX_VALUE);

  private Nanos() {}

  static long of(Instant time) {
    if (time.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    if (time.isAfter(LAST)) {
      return Long.MAX_VALUE;
    }
    // Before 1970 the seconds alone may lie below the smallest long, though the sum does not.
    long seconds = time.getEpochSecond();
    return seconds < 0
        ? (seconds + 1) * SECOND + (time.getNano() - SECOND)
        : seconds * SECOND + time.getNano();
  }

  static @Nullable Long orNull(@Nullable Instant time) {
    return time == null ? null : of(time);
  }

  static Instant of(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
