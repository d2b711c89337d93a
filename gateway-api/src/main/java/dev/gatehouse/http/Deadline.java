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
   * @param limit zero or less is over at once; more than {@link HttpOptions#MAX_TIME} counts as
   *     that
   */
  public static Deadline after(Duration limit) {
    Duration longest = HttpOptions.MAX_TIME;
    Duration counted = Inputs.required("limit", limit).compareTo(longest) > 0 ? longest : limit;
    return new Deadline(System.nanoTime() + (counted.isNegative() ? 0 : counted.toNanos()));
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
