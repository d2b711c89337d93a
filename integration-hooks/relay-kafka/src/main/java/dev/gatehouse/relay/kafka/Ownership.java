package dev.gatehouse.relay.kafka;

import java.time.Duration;

/**
 * Whether the partitions are surely still ours. The group takes them from a member of which it has
 * heard nothing for the session's time, and a process that was paused meanwhile does not feel it.
 * So a hook is told only as long as the group has accepted a commit of ours within that time.
 * Written by the polling thread, read by all.
 */
final class Ownership {
  private final long session;
  private volatile long since;

  Ownership(Duration session) {
    this.session = session.toNanos();
    this.since = System.nanoTime() - this.session;
  }

  /** The group accepted what was sent at that time. */
  void acceptedAt(long nanos) {
    since = nanos;
  }

  boolean isSure() {
    return age() < session;
  }

  /** Time to ask again. */
  boolean isOld() {
    return age() > session / 3;
  }

  private long age() {
    return System.nanoTime() - since;
  }
}
