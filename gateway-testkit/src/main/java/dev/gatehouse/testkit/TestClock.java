package dev.gatehouse.testkit;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it, also backwards. Thread-safe. Clocks made by
 * {@link #withZone} show the same time.
 */
public final class TestClock extends Clock {
  private final AtomicReference<Instant> time;
  private final ZoneId zone;

  private TestClock(AtomicReference<Instant> time, ZoneId zone) {
    this.time = time;
    this.zone = zone;
  }

  /** A clock in UTC that shows this time. */
  public static TestClock at(Instant start) {
    return new TestClock(new AtomicReference<>(required("start", start)), ZoneOffset.UTC);
  }

  /** A clock in UTC that shows this time, such as {@code 2026-01-31T12:00:00Z}. */
  public static TestClock at(String start) {
    try {
      return at(Instant.parse(required("start", start)));
    } catch (DateTimeParseException e) {
      throw new InvalidInputException(
          new Problem(
              "start", "time.malformed", "is no time", "write it like 2026-01-31T12:00:00Z"));
    }
  }

  /** Moves on by so much; backwards if it is negative. Returns the new time. */
  public Instant advance(Duration by) {
    Duration step = required("by", by);
    return time.updateAndGet(now -> now.plus(step));
  }

  /** Jumps to this time. */
  public void set(Instant to) {
    time.set(required("to", to));
  }

  @Override
  public Instant instant() {
    return time.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new TestClock(time, required("zone", other));
  }

  @Override
  public String toString() {
    return "TestClock[" + instant() + "]";
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new InvalidInputException(
          new Problem(field, "clock.missing", "it is missing", "give a value, not null"));
    }
    return value;
  }
}
