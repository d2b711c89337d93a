package dev.gatehouse.testkit.simulator;

import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.util.Optional;

/** A hook of one process, which may fail before or after it did its work. */
final class WatchedHook implements LifecycleHook {
  private final World world;
  private final Node node;
  private final Audience audience;

  WatchedHook(World world, Node node, Audience audience) {
    this.world = world;
    this.node = node;
    this.audience = audience;
  }

  @Override
  public String id() {
    return audience.id();
  }

  @Override
  public boolean wants(LifecycleEvent event) {
    return audience.wants(event);
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    boolean fails = world.faults.strikes(FaultKind.HOOK_FAILURE);
    if (fails && world.random.nextBoolean()) {
      return new HookResult.Retry(Optional.empty(), "the sink is down");
    }
    world.tell("hook " + id() + " hears " + event.header().id());
    world.checks.order(audience, event);
    audience.hear(event);
    world.interleave();
    if (fails) {
      throw new IllegalStateException("the sink went away");
    }
    if (event instanceof CustomerCreated) {
      context.putCustomerMetadata(id() + "_contact", "c-" + event.header().subject());
    }
    world.faults.crash(FaultKind.CRASH_AFTER_HOOK, node);
    return HookResult.delivered();
  }
}
