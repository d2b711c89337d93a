package dev.gatehouse.hook;

import dev.gatehouse.event.LifecycleEvent;

/**
 * Receives lifecycle events. Found by {@link java.util.ServiceLoader}, or added by hand ({@link
 * Hook}). Called at least once per event, in order per subject, with a stable event id: whoever
 * receives the same id twice does the work once.
 *
 * <p>Different subjects may be delivered concurrently, so implementations are thread-safe. Blocking
 * is fine; no payment waits for a hook. Whatever is thrown means {@link HookResult.Retry}.
 */
public interface LifecycleHook {
  /** The stable id under which deliveries are remembered: {@code [a-z0-9-]+}. */
  String id();

  /** Whether the hook wants this event. Depends on nothing but the event. */
  boolean wants(LifecycleEvent event);

  /** Takes an event. */
  HookResult handle(LifecycleEvent event, HookContext context);
}
