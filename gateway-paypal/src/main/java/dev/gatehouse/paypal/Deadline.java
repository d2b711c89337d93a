package dev.gatehouse.paypal;

import java.time.Duration;

/** The time that one call of the gateway may take, for all requests that it sends. */
final class Deadline {
  private final long end;

  Deadline(Duration limit) {
    end = System.nanoTime() + limit.toNanos();
  }

  Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  boolean isOver() {
    return end - System.nanoTime() <= 0;
  }
}
