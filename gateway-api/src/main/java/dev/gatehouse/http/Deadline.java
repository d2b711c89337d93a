package dev.gatehouse.http;

import java.time.Duration;

/**
 * The time that one call of a gateway may take, over all the requests that it sends. Goes by the
 * machine's monotonic clock, which nobody sets. Immutable.
 */
public final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /**
   * From now on, for this long.
   *
   * @param limit zero or more; zero is over at once
   */
  public static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + Inputs.required("limit", limit).toNanos());
  }

  /** What is left of it; zero once it is over. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** Whether nothing is left of it. */
  public boolean isOver() {
    return end - System.nanoTime() <= 0;
  }

  @Override
  public String toString() {
    return "Deadline[" + left() + " left]";
  }
}
