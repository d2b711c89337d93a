package dev.gatehouse.engine;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.fault.ForeignText;
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

  /** How much of a reason is kept, in characters. */
  private static final int LONGEST_REASON = 1_000;

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
          ? fitToKeep(result)
          : new HookResult.Retry(Optional.empty(), "the hook returned null");
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} threw on event {}: {}", id, idOf(event), Faults.describe(e));
      return new HookResult.Retry(Optional.empty(), "the hook threw " + e.getClass().getName());
    }
  }

  /** Whatever a hook says, and its sink: not every database keeps every character. */
  private static HookResult fitToKeep(HookResult result) {
    if (result instanceof HookResult.Park park) {
      return new HookResult.Park(ForeignText.line(park.reason(), LONGEST_REASON));
    }
    if (result instanceof HookResult.Retry retry) {
      return new HookResult.Retry(retry.after(), ForeignText.line(retry.reason(), LONGEST_REASON));
    }
    return result;
  }

  private static String idOf(LifecycleEvent event) {
    return event.header().id();
  }
}
