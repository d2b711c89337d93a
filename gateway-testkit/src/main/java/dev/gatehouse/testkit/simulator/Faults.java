package dev.gatehouse.testkit.simulator;

import java.util.EnumMap;
import java.util.Map;

/** Decides what goes wrong now, and counts it. */
final class Faults {
  private final World world;
  private final Map<FaultKind, Integer> fired = new EnumMap<>(FaultKind.class);
  private boolean on = true;
  private boolean crashWanted;
  private int turns;

  Faults(World world) {
    this.world = world;
    for (FaultKind kind : FaultKind.values()) {
      fired.put(kind, 0);
    }
  }

  boolean areOn() {
    return on;
  }

  void on(boolean wanted) {
    on = wanted;
  }

  /** The next occasion to crash is taken: every run has a crash. */
  void wantCrash() {
    crashWanted = true;
  }

  Map<FaultKind, Integer> fired() {
    return fired;
  }

  boolean anyCrash() {
    return fired.entrySet().stream().anyMatch(e -> e.getKey().isCrash() && e.getValue() > 0);
  }

  /** Whether this fault happens now. */
  boolean strikes(FaultKind kind) {
    if (!mayFire(kind)) {
      return false;
    }
    boolean forced = crashWanted && kind.isCrash();
    if (world.random.nextInt(1000) >= world.focus.perMille(kind, world.counts.step()) && !forced) {
      return false;
    }
    if (isSpared()) {
      return false;
    }
    crashWanted &= !kind.isCrash();
    happened(kind);
    return true;
  }

  /** Whether this seed's provider has this habit. It counts as fired when it shows. */
  boolean isChosen(FaultKind habit) {
    return mayFire(habit) && world.random.nextInt(1000) < habit.perMille() && !isSpared();
  }

  /** How often it was a fault's turn, spared ones among them. */
  int turns() {
    return turns;
  }

  private boolean isSpared() {
    return world.options.spared().contains(++turns);
  }

  boolean mayFire(FaultKind kind) {
    return on && world.options.faults().contains(kind);
  }

  /** Counts a fault that the run brought about otherwise. */
  void happened(FaultKind kind) {
    fired.merge(kind, 1, Integer::sum);
    world.counts.fired(kind);
    world.tell("!! " + kind);
  }

  /** Dies if it is time to. */
  void crash(FaultKind kind, Node node) {
    if (strikes(kind)) {
      throw node.die();
    }
  }
}
