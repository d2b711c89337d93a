package dev.gatehouse.testkit.simulator;

import dev.gatehouse.store.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a run ends: no more faults, customers and banks finish what they began, webhooks that are not
 * lost arrive, time passes, and what is due is done, until nothing happens any more.
 */
final class Rest {
  private final World world;
  private final ProviderSteps provider;
  private final OperatorSteps operators;
  private final WebhookSteps webhooks;
  private final WorkSteps work;

  Rest(
      World world,
      ProviderSteps provider,
      OperatorSteps operators,
      WebhookSteps webhooks,
      WorkSteps work) {
    this.world = world;
    this.provider = provider;
    this.operators = operators;
    this.webhooks = webhooks;
    this.work = work;
  }

  void come() {
    world.tell("everybody finishes");
    for (Duration pause : pauses()) {
      world.pass(pause);
      provider.finishAll();
      while (!world.provider.webhooks().isEmpty()) {
        webhooks.deliver();
      }
      for (Delivery parked : world.store.parked()) {
        world.store.replay(parked.hook(), parked.event().header().id(), world.clock.instant());
      }
      work.runAllDueWork();
      operators.finishAll();
      world.checks.step();
    }
    operators.giveUpAll();
    work.reconcile();
    settleDown();
    work.reconcile();
    settleDown();
  }

  private void settleDown() {
    for (Duration pause : List.of(Duration.ofMinutes(5), Duration.ofDays(1), Duration.ofDays(2))) {
      world.pass(pause);
      provider.finishAll();
      work.runAllDueWork();
      operators.finishAll();
      work.runAllDueWork();
      world.checks.step();
    }
  }

  /** Short at first, then long enough for every alarm, hold and patience. */
  private static List<Duration> pauses() {
    List<Duration> pauses =
        new ArrayList<>(
            List.of(
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(40),
                Duration.ofHours(3),
                Duration.ofHours(12)));
    pauses.addAll(Collections.nCopies(4, Duration.ofDays(1)));
    pauses.addAll(Collections.nCopies(4, Duration.ofDays(4)));
    return pauses;
  }
}
