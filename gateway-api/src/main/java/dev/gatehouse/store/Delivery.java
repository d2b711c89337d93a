package dev.gatehouse.store;

import dev.gatehouse.event.LifecycleEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * One event on its way to one hook.
 *
 * @param hook the hook's id
 * @param event the event
 * @param sequence the event's place among the events of its subject
 * @param version the store's version of this delivery, another one after each change of it
 * @param attempts how often it was tried
 * @param nextAt when it is to be tried (again)
 * @param failingSince when it first failed, if it did
 * @param parked why it was set aside for a person, if it was
 * @param error what the last attempt said, if it failed
 * @param unanswered how often in a row it was claimed and nothing was heard of it, one claim under
 *     way included: the process ended, or the hook did not
 */
public record Delivery(
    String hook,
    LifecycleEvent event,
    long sequence,
    long version,
    int attempts,
    Instant nextAt,
    Optional<Instant> failingSince,
    Optional<String> parked,
    Optional<String> error,
    int unanswered) {

  /**
   * What a delivery is named by.
   *
   * @param hook the hook's id
   * @param event the event's id
   */
  public record Key(String hook, String event) implements Comparable<Key> {
    /** By the hooks' ids, then by the events'. */
    @Override
    public int compareTo(Key other) {
      int byHook = hook.compareTo(other.hook);
      return byHook != 0 ? byHook : event.compareTo(other.event);
    }
  }

  /** What this is named by. */
  public Key key() {
    return new Key(hook, event.header().id());
  }

  /** A delivery that was never tried. */
  static Delivery first(String hook, LifecycleEvent event, long sequence, Instant at) {
    return new Delivery(
        hook, event, sequence, 0, 0, at, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /** This, in somebody's hands until then. */
  public Delivery claimedUntil(Instant until) {
    return new Delivery(
        hook,
        event,
        sequence,
        version,
        attempts,
        until,
        failingSince,
        parked,
        error,
        unanswered + 1);
  }

  /** This, which was claimed and not told to the hook, for anybody from now on. */
  public Delivery givenBack(Instant now) {
    return new Delivery(
        hook, event, sequence, version, attempts, now, failingSince, parked, error, unanswered - 1);
  }

  /** This, which failed now, to be tried again at that time. */
  public Delivery retryAt(Instant now, Instant time, String why) {
    return new Delivery(
        hook,
        event,
        sequence,
        version,
        attempts + 1,
        time,
        failingSince.or(() -> Optional.of(now)),
        Optional.empty(),
        Optional.of(why),
        0);
  }

  /** This, set aside for a person. */
  public Delivery park(String why) {
    return new Delivery(
        hook,
        event,
        sequence,
        version,
        attempts + 1,
        nextAt,
        failingSince,
        Optional.of(why),
        Optional.of(why),
        0);
  }

  /** This, as the store holds it. */
  public Delivery atVersion(long stored) {
    return new Delivery(
        hook, event, sequence, stored, attempts, nextAt, failingSince, parked, error, unanswered);
  }
}
