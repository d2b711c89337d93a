package dev.gatehouse.testkit.conformance;

import dev.gatehouse.hook.LifecycleHook;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** The target of the reference hook. */
// snippet: ReferenceHookTarget
final class ReferenceHookTarget implements HookTarget {
  @Override
  public Set<HookTrait> traits() {
    return EnumSet.complementOf(EnumSet.of(HookTrait.RETRIES_REFUSALS));
  }

  @Override
  public HookSink sink(Clock clock, String secret) {
    return new ReferenceSink(clock, secret);
  }

  @Override
  public LifecycleHook open(HookPlace place) {
    return new ReferenceHook(place);
  }
}

// end snippet
