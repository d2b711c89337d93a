package dev.gatehouse.testkit.simulator;

import java.util.EnumSet;
import java.util.Set;

/**
 * What goes wrong. A run counts how often each kind fired; a kind that never fired proves nothing.
 */
public enum FaultKind {
  /** The process dies with a commit prepared and not yet made. */
  CRASH_BEFORE_COMMIT(4),
  /** The process dies right after a commit. */
  CRASH_AFTER_COMMIT(4),
  /** The process dies with the intent saved and nothing sent. */
  CRASH_BEFORE_SEND(8),
  /** The process dies after the provider acted, before the response is handled. */
  CRASH_AFTER_PROVIDER_ACTED(12),
  /** The process dies after a hook took an event, before that is acknowledged. */
  CRASH_AFTER_HOOK(5),
  /** Provably nothing was sent. */
  CONNECTION_REFUSED(20),
  /** The request never arrives; we wait in vain. */
  LOST_REQUEST(25),
  /** The provider acts; its response never arrives. */
  LOST_RESPONSE(35),
  /** The request arrives twice. */
  DUPLICATE_REQUEST(30),
  /** The request arrives after we gave up waiting. */
  DELAYED_REQUEST(30),
  /** The provider says 429 and does nothing. */
  RATE_LIMITED(20),
  /** Something on the way says 503, and the provider never hears of it. */
  UNAVAILABLE(20),
  /** The provider acts, and something on the way says 502. */
  BAD_GATEWAY(20),
  /** The provider acts, and its answer is cut short. */
  TRUNCATED_RESPONSE(15),
  /** A list does not yet hold what has happened. */
  STALE_READ(200),
  /** A webhook is handled before the response to the call that caused it. */
  WEBHOOK_BEFORE_RESPONSE(80),
  /** A webhook is delivered and will be delivered again. */
  WEBHOOK_DUPLICATED(150),
  /** A webhook overtakes those before it. */
  WEBHOOK_REORDERED(250),
  /** A webhook is never delivered. */
  WEBHOOK_DROPPED(120),
  /** Somebody else committed first. */
  STORE_CONFLICT(12),
  /** The store fails and keeps nothing. */
  STORE_FAILURE(8),
  /** The store keeps the commit, and says that it failed. */
  STORE_ANSWER_LOST(8),
  /** A hook fails. */
  HOOK_FAILURE(60),
  /** Our clock jumps an hour ahead of the provider's, or back to it. */
  CLOCK_JUMPS_FORWARD(10),
  /** Our clock falls an hour behind the provider's, or back to it. */
  CLOCK_JUMPS_BACK(10),
  /** A look for an operation shows some of the movements, and does not call that all. */
  PARTIAL_SNAPSHOT(250),
  /** This provider never says out of which hold a capture came. */
  HOLD_NOT_NAMED(200),
  /** This gateway finds some outcomes again by sending the same key again, and not otherwise. */
  ONLY_REPLAY(200),
  /** This gateway has no way to find some outcomes again: they are left to a person. */
  NO_RECOVERY(200),
  /** This gateway looks at a payment before it acts, and does not act if it can't see it. */
  LOOKS_BEFORE(200),
  /** This gateway looks at a payment when it has acted, and is not sure if it can't see it. */
  LOOKS_AFTER(200);

  private static final Set<FaultKind> HABITS =
      EnumSet.of(HOLD_NOT_NAMED, ONLY_REPLAY, NO_RECOVERY, LOOKS_BEFORE, LOOKS_AFTER);

  private static final Set<FaultKind> OF_REQUESTS =
      EnumSet.of(
          CRASH_BEFORE_SEND,
          CRASH_AFTER_PROVIDER_ACTED,
          CONNECTION_REFUSED,
          LOST_REQUEST,
          LOST_RESPONSE,
          DUPLICATE_REQUEST,
          DELAYED_REQUEST,
          RATE_LIMITED,
          UNAVAILABLE,
          BAD_GATEWAY,
          TRUNCATED_RESPONSE,
          STALE_READ,
          WEBHOOK_BEFORE_RESPONSE);

  private final int perMille;

  FaultKind(int perMille) {
    this.perMille = perMille;
  }

  /** How often of a thousand occasions it fires; for a habit, of a thousand seeds. */
  int perMille() {
    return perMille;
  }

  /** Whether it is what a seed's provider is like from the beginning to the end. */
  boolean isHabit() {
    return HABITS.contains(this);
  }

  /** Whether it befalls one request of a gateway, or its response. */
  public boolean isOfRequests() {
    return OF_REQUESTS.contains(this);
  }

  /** Whether it may fire within a step of this kind. */
  public Chance in(StepKind step) {
    return Chances.of(this, step);
  }

  boolean isCrash() {
    return name().startsWith("CRASH_");
  }
}
