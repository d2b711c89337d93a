package dev.gatehouse.hook;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.fault.Faults;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hook as an instance: known by the instance's id, and offered what its description names, in
 * live mode only unless configured otherwise.
 */
final class ConfiguredHook implements BatchHook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredHook.class);

  private static final HookResult CLOSED =
      new HookResult.Retry(Optional.empty(), "the hook is closed");

  private final HookConfig config;
  private final HookDescription description;
  private final LifecycleHook hook;
  private volatile boolean closed;

  ConfiguredHook(HookConfig config, HookDescription description, LifecycleHook hook) {
    this.config = config;
    this.description = description;
    this.hook = hook;
  }

  @Override
  public String id() {
    return config.instance();
  }

  @Override
  public boolean wants(LifecycleEvent event) {
    boolean isTest = event.header().mode().filter(Mode.TEST::equals).isPresent();
    return (config.testEvents() || !isTest)
        && description.events().contains(event.getClass())
        && hook.wants(event);
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    return closed ? CLOSED : hook.handle(event, context);
  }

  @Override
  public int most() {
    return hook instanceof BatchHook batch ? batch.most() : 1;
  }

  @Override
  public List<HookResult> handleAll(List<Told> told) {
    if (closed) {
      return told.stream().map(one -> CLOSED).toList();
    }
    return hook instanceof BatchHook batch
        ? batch.handleAll(told)
        : told.stream().map(one -> hook.handle(one.event(), one.context())).toList();
  }

  /** One hook's trouble in ending is no other's. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (hook instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.warn("hook {} failed to close: {}", id(), Faults.describe(e));
      }
    }
  }
}
