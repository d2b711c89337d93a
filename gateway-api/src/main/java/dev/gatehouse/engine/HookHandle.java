package dev.gatehouse.engine;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hook as the engine sees it: it has one id for good, and an answer to everything. What it throws
 * is logged, and is nobody else's trouble. Thread-safe.
 */
final class HookHandle {
  private static final Logger LOG = LoggerFactory.getLogger(HookHandle.class);

  private final String id;
  private final LifecycleHook hook;

  HookHandle(LifecycleHook hook) {
    this.id = hook.id();
    this.hook = hook;
  }

  String id() {
    return id;
  }

  /** A hook that can't say what it wants gets the event: better once too often than never. */
  boolean wants(LifecycleEvent event) {
    try {
      return hook.wants(event);
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} cannot say if it wants {}: {}", id, idOf(event), Faults.describe(e));
      return true;
    }
  }

  /** A hook that throws or returns null asks to be called again. */
  HookResult handle(LifecycleEvent event, HookContext context) {
    try {
      HookResult result = hook.handle(event, context);
      return result != null
          ? result
          : new HookResult.Retry(Optional.empty(), "the hook returned null");
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} threw on event {}: {}", id, idOf(event), Faults.describe(e));
      return new HookResult.Retry(Optional.empty(), "the hook threw " + e.getClass().getName());
    }
  }

  private static String idOf(LifecycleEvent event) {
    return event.header().id();
  }
}
