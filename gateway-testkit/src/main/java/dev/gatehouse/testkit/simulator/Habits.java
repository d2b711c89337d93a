package dev.gatehouse.testkit.simulator;

import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one seed's provider and its gateway are like: by which ways the gateway says that an outcome
 * can be found again, and how much a look shows. What is shown is true; what is not is unknown.
 */
final class Habits {
  /** More than our clock may be off. */
  private static final Duration MARGIN = Duration.ofHours(2);

  private final World world;
  private final boolean namesNoHold;
  private final boolean looksBefore;
  private final boolean looksAfter;
  private final Map<OperationKind, Recovery> declared;
  private final Map<OperationKind, Recovery> recovery = new EnumMap<>(OperationKind.class);

  Habits(World world) {
    this.world = world;
    Set<FaultKind> kept = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      if (kind.isHabit() && world.faults.isChosen(kind)) {
        kept.add(kind);
      }
    }
    namesNoHold = kept.contains(FaultKind.HOLD_NOT_NAMED);
    looksBefore = kept.contains(FaultKind.LOOKS_BEFORE);
    looksAfter = kept.contains(FaultKind.LOOKS_AFTER);
    declared = world.provider.simulated().gateway().describe().recovery();
    for (OperationKind kind : OperationKind.values()) {
      if (!declared.containsKey(kind)) {
        continue;
      }
      if (kept.contains(FaultKind.NO_RECOVERY) && world.random.nextBoolean()) {
        recovery.put(kind, Recovery.none());
        world.faults.happened(FaultKind.NO_RECOVERY);
      } else if (kept.contains(FaultKind.ONLY_REPLAY) && world.random.nextBoolean()) {
        Optional.ofNullable(declared.get(kind))
            .flatMap(Recovery::replay)
            .ifPresent(life -> onlyReplay(kind, life));
      }
    }
  }

  private void onlyReplay(OperationKind kind, Duration life) {
    recovery.put(kind, Recovery.byReplay(life.minus(MARGIN)));
    world.faults.happened(FaultKind.ONLY_REPLAY);
  }

  /** What the gateway says of itself. */
  GatewayDescription described(GatewayDescription d) {
    GatewayDescription.Builder changed = d.toBuilder();
    recovery.forEach(changed::recovers);
    return changed.build();
  }

  /** Whether the gateway looks before it does such a thing: it can see what it acts upon. */
  boolean looksBefore(OperationKind kind) {
    return looksBefore && kind != OperationKind.CHARGE && looks(kind, FaultKind.LOOKS_BEFORE);
  }

  /** Whether the gateway looks after it did such a thing. */
  boolean looksAfter(OperationKind kind) {
    return looksAfter && looks(kind, FaultKind.LOOKS_AFTER);
  }

  /** One that can't find an operation by looking has nothing to look at. */
  private boolean looks(OperationKind kind, FaultKind habit) {
    boolean can = Optional.ofNullable(declared.get(kind)).flatMap(Recovery::lookup).isPresent();
    if (can) {
      world.faults.happened(habit);
    }
    return can;
  }

  /** What is shown of what a call did, or of a payment. */
  Snapshot shown(Snapshot snapshot) {
    SortedMap<String, Movement> movements = new TreeMap<>(snapshot.facts().movements());
    movements.replaceAll((id, movement) -> shown(movement));
    return new Snapshot(with(snapshot.facts(), movements), snapshot.complete());
  }

  private Movement shown(Movement m) {
    boolean hides = namesNoHold && m.is(MovementKind.CAPTURE) && !m.parent().isUnknown();
    if (!hides) {
      return m;
    }
    world.faults.happened(FaultKind.HOLD_NOT_NAMED);
    return new Movement(
        m.kind(), m.step(), m.amount(), m.charge(), Flat.unknown(), m.operation(), m.settled());
  }

  /** What a look for an operation shows: now and then a part, and no list called complete. */
  Snapshot shownInPart(Snapshot snapshot) {
    Snapshot shown = shown(snapshot);
    if (shown.facts().movements().isEmpty() || !world.faults.strikes(FaultKind.PARTIAL_SNAPSHOT)) {
      return shown;
    }
    SortedMap<String, Movement> some = new TreeMap<>(shown.facts().movements());
    some.keySet().removeIf(id -> world.random.nextBoolean());
    return new Snapshot(with(shown.facts(), some), Set.of());
  }

  private static PaymentFacts with(PaymentFacts facts, SortedMap<String, Movement> movements) {
    return facts.with(facts.attempts(), facts.authorizations(), movements);
  }
}
