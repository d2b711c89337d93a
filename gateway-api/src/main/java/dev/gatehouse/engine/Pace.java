package dev.gatehouse.engine;

import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.GatewayInstanceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How much the background asks of each gateway: so many looks a second, so many at once, and none
 * while its provider asked for a rest. So a slow or busy gateway keeps nothing else waiting.
 * Several threads that ask at once may go beyond it by a look each. Commands are never held back.
 * Nothing of it outlives the process. Thread-safe.
 */
final class Pace {
  /** Looks that were not made may be made up for, as many as in so long a time. */
  private static final Duration SAVED = Duration.ofSeconds(5);

  /** The looks at one gateway. Guarded by the pace's lock. */
  private final class Budget {
    /** Each look moves it on by its share of a second. */
    private Instant fullAt = Instant.MIN;

    private int underWay;

    void begin(Instant now) {
      Instant from = fullAt.isBefore(now) ? now : fullAt;
      fullAt = from.plus(share());
      underWay++;
    }

    boolean isSpent(Instant now) {
      Instant empty = now.plus(SAVED);
      if (fullAt.isAfter(empty.plus(share()))) {
        fullAt = empty; // The clock was put back: it goes on from there.
      }
      return underWay >= policy.looksAtOnce() || fullAt.plus(share()).isAfter(empty);
    }
  }

  private Duration share() {
    return Duration.ofSeconds(1).dividedBy(policy.looksPerSecond());
  }

  private final Gateways gateways;
  private final EnginePolicy policy;
  private final Clock clock;
  private final Map<GatewayInstanceId, Budget> budgets = new HashMap<>();

  Pace(Gateways gateways, EnginePolicy policy, Clock clock) {
    this.gateways = gateways;
    this.policy = policy;
    this.clock = clock;
  }

  /** The gateways to leave alone now. */
  Set<GatewayInstanceId> resting() {
    return gateways.handles().stream()
        .map(GatewayHandle::id)
        .filter(this::rests)
        .collect(Collectors.toSet());
  }

  /** Whether a gateway is to be left alone now. */
  boolean rests(GatewayInstanceId id) {
    Instant now = clock.instant();
    return gateways.find(id).flatMap(GatewayHandle::restUntil).filter(now::isBefore).isPresent()
        || isSpent(id, now);
  }

  private synchronized boolean isSpent(GatewayInstanceId id, Instant now) {
    return budget(id).isSpent(now);
  }

  private Budget budget(GatewayInstanceId id) {
    return budgets.computeIfAbsent(id, unknown -> new Budget());
  }

  /** Does what asks a gateway something, and counts it. */
  <T> T look(GatewayInstanceId id, Supplier<T> work) {
    begin(id);
    try {
      return work.get();
    } finally {
      end(id);
    }
  }

  /** As {@link #look(GatewayInstanceId, Supplier)}. */
  void look(GatewayInstanceId id, Runnable work) {
    look(
        id,
        () -> {
          work.run();
          return id;
        });
  }

  private synchronized void begin(GatewayInstanceId id) {
    budget(id).begin(clock.instant());
  }

  private synchronized void end(GatewayInstanceId id) {
    budget(id).underWay--;
  }
}
