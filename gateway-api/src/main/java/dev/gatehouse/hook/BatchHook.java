package dev.gatehouse.hook;

import dev.gatehouse.event.LifecycleEvent;
import java.util.List;

/**
 * A hook whose service takes several events in one call. They are of different subjects, so their
 * order means nothing; each has its own answer. Whatever is thrown means {@link HookResult.Retry}
 * for all of them.
 */
public interface BatchHook extends LifecycleHook {
  /**
   * One of several events.
   *
   * @param event the event
   * @param context what may be known and done beside it
   */
  record Told(LifecycleEvent event, HookContext context) {}

  /** How many it takes at once; at least 1, and the same at every call. */
  int most();

  /** Takes events, at most as many as it said; answers each, in their order. */
  List<HookResult> handleAll(List<Told> told);
}
