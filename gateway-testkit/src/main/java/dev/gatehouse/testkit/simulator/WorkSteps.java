package dev.gatehouse.testkit.simulator;

import dev.gatehouse.engine.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Background work, and time. */
final class WorkSteps {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(3),
          Duration.ofSeconds(8),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofMinutes(20),
          Duration.ofHours(3),
          Duration.ofHours(30));

  private final World world;
  private Instant reconciledUpTo = World.START.minus(Duration.ofDays(1));

  WorkSteps(World world) {
    this.world = world;
  }

  boolean runDueWork() {
    world.by("due work", WorkSteps::workOf);
    return true;
  }

  private static void workOf(Node node) {
    node.engine().wakeDue();
    node.engine().deliverDue();
  }

  /** Does everything that is due; says whether there was anything. */
  boolean runAllDueWork() {
    int[] made = new int[1];
    boolean any = false;
    do {
      made[0] = 0;
      world.by("due work", node -> made[0] = node.engine().wakeDue() + node.engine().deliverDue());
      any |= made[0] > 0;
    } while (made[0] > 0);
    return any;
  }

  boolean reconcile() {
    world.by(
        "reconcile",
        node -> {
          Reconciliation done = node.engine().reconcile(World.GATEWAY, reconciledUpTo);
          reconciledUpTo = done.upTo();
          world.tell("= " + done);
        });
    return true;
  }

  boolean timePasses() {
    if (world.isInCall()) {
      return false;
    }
    Duration pause =
        world.random.nextInt(3) > 0 ? PAUSES.get(world.random.nextInt(4)) : world.oneOf(PAUSES);
    world.tell("the clock goes on by " + pause);
    world.pass(pause);
    return true;
  }
}
