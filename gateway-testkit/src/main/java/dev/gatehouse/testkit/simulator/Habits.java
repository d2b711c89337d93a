package dev.gatehouse.testkit.simulator;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one seed's provider and its gateway are like: by which ways the gateway says that an outcome
 * can be found again, and how much a look shows. What is shown is true; what is not is unknown.
 */
final class Habits {
  /** Shorter than the provider keeps keys, by more than our clock may be off. */
  private static final Duration REPLAY = Duration.ofHours(20);

  private final World world;
  private final Map<OperationKind, Recovery> recovery = new EnumMap<>(OperationKind.class);

  Habits(World world) {
    this.world = world;
    Set<FaultKind> kept = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      if (kind.isHabit() && world.faults.isChosen(kind)) {
        kept.add(kind);
      }
    }
    for (OperationKind kind : OperationKind.values()) {
      if (kept.contains(FaultKind.NO_RECOVERY) && world.random.nextBoolean()) {
        recovery.put(kind, Recovery.none());
        world.faults.happened(FaultKind.NO_RECOVERY);
      } else if (kept.contains(FaultKind.ONLY_REPLAY) && world.random.nextBoolean()) {
        recovery.put(kind, Recovery.byReplay(REPLAY));
        world.faults.happened(FaultKind.ONLY_REPLAY);
      }
    }
  }

  /** What the gateway says of itself. */
  GatewayDescription described(GatewayDescription d) {
    Map<OperationKind, Recovery> all = new EnumMap<>(OperationKind.class);
    all.putAll(d.recovery());
    all.putAll(recovery);
    return new GatewayDescription(
        d.name(),
        d.version(),
        d.methods(),
        d.gatewayCapabilities(),
        d.currencies(),
        all,
        d.settings(),
        d.descriptionLimit());
  }

  /** What a look for an operation shows: now and then a part, and no list called complete. */
  Snapshot seen(Snapshot snapshot) {
    PaymentFacts facts = snapshot.facts();
    if (facts.movements().isEmpty() || !world.faults.strikes(FaultKind.PARTIAL_SNAPSHOT)) {
      return snapshot;
    }
    SortedMap<String, Movement> some = new TreeMap<>(facts.movements());
    some.keySet().removeIf(id -> world.random.nextBoolean());
    return new Snapshot(with(facts, some), Set.of());
  }

  private static PaymentFacts with(PaymentFacts facts, SortedMap<String, Movement> movements) {
    return new PaymentFacts(
        facts.reference(),
        facts.account(),
        facts.mode(),
        facts.currency(),
        facts.providerIds(),
        facts.attempts(),
        facts.authorizations(),
        movements,
        facts.disputes(),
        facts.totals(),
        facts.sends());
  }
}
