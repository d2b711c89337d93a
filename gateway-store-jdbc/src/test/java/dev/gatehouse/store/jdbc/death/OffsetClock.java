package dev.gatehouse.store.jdbc.death;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's time, ahead by what was skipped so that nobody need wait for it. Thread-safe. */
final class OffsetClock extends Clock {
  private final AtomicLong ahead = new AtomicLong();

  void skip(Duration time) {
    ahead.addAndGet(time.toMillis());
  }

  long millisAhead() {
    return ahead.get();
  }

  @Override
  public Instant instant() {
    return Instant.now().plusMillis(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
