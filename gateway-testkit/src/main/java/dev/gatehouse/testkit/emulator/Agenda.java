package dev.gatehouse.testkit.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * An emulated provider's time, what is due at which time, and its numbers. Time passes only in
 * {@link #catchUp()}, and never backwards. For use under the provider's lock.
 */
public final class Agenda {
  private final Clock clock;
  private final Map<String, Integer> counters = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private Instant time;

  private record Due(Instant at, int number, Runnable action) {}

  /** Time as this clock has it, in milliseconds. */
  public Agenda(Clock clock) {
    this.clock = clock;
    this.time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Lets happen, in order, what was due up to now. */
  public void catchUp() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
      Due next = due.remove();
      moveTo(next.at());
      next.action().run();
    }
    moveTo(now);
  }

  private void moveTo(Instant to) {
    time = to.isAfter(time) ? to : time;
  }

  /** The time up to which all has happened. */
  public Instant now() {
    return time;
  }

  /** Lets something happen after so much time; returns when. */
  public Instant after(Duration wait, Runnable action) {
    Instant at = time.plus(wait);
    due.add(new Due(at, next("due"), action));
    return at;
  }

  /**
   * The next id of a kind, such as {@code ch_7}. Each kind is numbered from 1, the same in each run
   * that does the same; an id is given once.
   *
   * @param prefix the kind, without the line between it and its number
   */
  public String id(String prefix) {
    return prefix + "_" + next(prefix);
  }

  private int next(String name) {
    return counters.merge(name, 1, Integer::sum);
  }
}
