package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.LifecycleHook;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * What a hook's author supplies to have it checked: the hook, and the service that it sends to. It
 * keeps no state.
 */
public interface HookTarget {
  /** What the hook and its sink can do. */
  Set<HookTrait> traits();

  /**
   * A sink of its own for one check, with nothing in it.
   *
   * @param clock the time, which only the kit moves
   * @param secret what the hook says to be let in
   */
  HookSink sink(Clock clock, String secret);

  /**
   * The hook as an application would have it, which sends to the sink at this place. One that is
   * {@link AutoCloseable} is closed by the kit.
   */
  LifecycleHook open(HookPlace place);

  /** A sample as this hook needs it, where it wants more than the kit puts into one. */
  default LifecycleEvent prepared(LifecycleEvent sample) {
    return sample;
  }

  /** What is kept about the customers of the samples, such as ids that the hook looks for. */
  default Map<String, String> metadata() {
    return Map.of();
  }
}
