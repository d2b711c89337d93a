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
  /** Looks that were not made may be made up for, as many as in so many seconds. */
  private static final int SAVED_SECONDS = 5;

  private final class Budget {
    private double left = policy.looksPerSecond() * (double) SAVED_SECONDS;
    private Instant at = clock.instant();
    private int underWay;

    /** A clock that was put back gives nothing until it has gone on from there. */
    private void earn(Instant now) {
      double seconds = Math.max(0, Duration.between(at, now).toMillis() / 1_000.0);
      double most = policy.looksPerSecond() * (double) SAVED_SECONDS;
      left = Math.min(most, left + seconds * policy.looksPerSecond());
      at = now;
    }
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
    Budget budget = budgets.computeIfAbsent(id, unknown -> new Budget());
    budget.earn(now);
    return budget.left < 1 || budget.underWay >= policy.looksAtOnce();
  }

  /** Does what asks a gateway something, and counts it. */
  <T> T look(GatewayInstanceId id, Supplier<T> work) {
    count(id, 1);
    try {
      return work.get();
    } finally {
      count(id, -1);
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

  private synchronized void count(GatewayInstanceId id, int begun) {
    Budget budget = budgets.computeIfAbsent(id, unknown -> new Budget());
    budget.underWay += begun;
    budget.left -= Math.max(0, begun);
  }
}
