package dev.gatehouse.engine;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.fault.ForeignText;
import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hook as whoever tells it sees it: it has one id for good, and an answer to everything. What it
 * throws is logged without its message, and is nobody else's trouble. For the engine, and for what
 * tells hooks elsewhere. Thread-safe.
 */
public final class HookHandle {
  private static final Logger LOG = LoggerFactory.getLogger(HookHandle.class);

  /** How much of a reason is kept, in characters. */
  private static final int LONGEST_REASON = 1_000;

  private final String id;
  private final LifecycleHook hook;

  /** Puts a hook in hand, and asks for its id. */
  public HookHandle(LifecycleHook hook) {
    this.id = hook.id();
    this.hook = hook;
  }

  /** The hook's id. */
  public String id() {
    return id;
  }

  /** A hook that can't say what it wants gets the event: better once too often than never. */
  public boolean wants(LifecycleEvent event) {
    try {
      return hook.wants(event);
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} cannot say if it wants {}: {}", id, idOf(event), Faults.describe(e));
      return true;
    }
  }

  /** How many events it takes at once. */
  int most() {
    try {
      return hook instanceof BatchHook batch ? Math.max(1, batch.most()) : 1;
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} cannot say how much it takes: {}", id, Faults.describe(e));
      return 1;
    }
  }

  /** The answers in the order of the events. One that is alone is told alone. */
  List<HookResult> handleAll(List<BatchHook.Told> told) {
    if (!(hook instanceof BatchHook batch)) {
      return told.stream().map(one -> handle(one.event(), one.context())).toList();
    }
    String why;
    try {
      List<HookResult> results = batch.handleAll(told);
      if (results != null && results.size() == told.size()) {
        return results.stream().map(HookHandle::checked).toList();
      }
      why = "the hook did not answer each event";
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} threw on {} events: {}", id, told.size(), Faults.describe(e));
      why = "the hook threw " + e.getClass().getName();
    }
    HookResult again = new HookResult.Retry(Optional.empty(), why);
    return told.stream().map(one -> again).toList();
  }

  private static HookResult checked(@Nullable HookResult result) {
    return result != null
        ? fitToKeep(result)
        : new HookResult.Retry(Optional.empty(), "the hook returned null");
  }

  /**
   * Tells the hook. One that throws or returns null asks to be called again; reasons are fit to be
   * kept.
   */
  public HookResult handle(LifecycleEvent event, HookContext context) {
    try {
      return checked(hook.handle(event, context));
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
