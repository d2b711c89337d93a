package dev.gatehouse.engine;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers committed events to hooks: at least once, in order per subject, each hook for itself.
 * What fails is tried again later; what fails too long is parked for a person. Thread-safe.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int BATCH = 100;

  private final Store store;
  private final List<HookHandle> hooks;
  private final EnginePolicy policy;
  private final Clock clock;

  Dispatcher(Store store, List<HookHandle> hooks, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.hooks = hooks;
    this.policy = policy;
    this.clock = clock;
  }

  /** Delivers a batch to every hook; says how many deliveries were made. */
  int deliverDue() {
    return hooks.stream().mapToInt(this::deliverDue).sum();
  }

  /** Delivers a batch to one hook; says how many deliveries were made. */
  int deliverDue(HookHandle hook) {
    int made = 0;
    for (Delivery due : store.dueDeliveries(hook.id(), clock.instant(), BATCH)) {
      Optional<Delivery> claimed = claim(due);
      claimed.ifPresent(delivery -> deliver(hook, delivery));
      made += claimed.isPresent() ? 1 : 0;
    }
    return made;
  }

  /**
   * A batch grows old while a hook takes its time. So each delivery is claimed just before the hook
   * is told: what another dispatcher has told since is not told again, or a hook would hear of an
   * earlier event after a later one. If this process dies, the claim ends by itself.
   */
  private Optional<Delivery> claim(Delivery due) {
    try {
      return Optional.of(store.claim(due, clock.instant().plus(policy.hookGrace())));
    } catch (StaleVersionException e) {
      LOG.debug("delivery of {} to hook {} was taken elsewhere", idOf(due), due.hook());
      return Optional.empty();
    }
  }

  /**
   * A hook that took longer than its grace may have been told elsewhere, too. What was decided
   * there stands.
   */
  private void deliver(HookHandle hook, Delivery delivery) {
    HookResult result = hook.handle(delivery.event(), new Context(delivery));
    try {
      keep(delivery, result);
    } catch (StaleVersionException e) {
      LOG.info("delivery of {} to hook {} was decided elsewhere", idOf(delivery), hook.id());
    }
  }

  private void keep(Delivery delivery, HookResult result) {
    if (result instanceof HookResult.Delivered) {
      store.acknowledge(delivery);
    } else if (result instanceof HookResult.Park park) {
      LOG.warn("hook {} parked event {}", delivery.hook(), idOf(delivery));
      store.update(delivery.park(park.reason()));
    } else {
      tryAgain(delivery, (HookResult.Retry) result);
    }
  }

  private void tryAgain(Delivery delivery, HookResult.Retry retry) {
    Instant now = clock.instant();
    Instant since = delivery.failingSince().orElse(now);
    if (!now.isBefore(since.plus(policy.hookPatience()))) {
      LOG.warn("hook {} failed too long on event {}", delivery.hook(), idOf(delivery));
      store.update(delivery.park(retry.reason()));
      return;
    }
    LOG.info("hook {} is told of event {} again later", delivery.hook(), idOf(delivery));
    Duration backoff = policy.hookWait(delivery.attempts() + 1);
    Duration asked = EnginePolicy.bearable(retry.after().orElse(Duration.ZERO));
    Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
    store.update(delivery.retryAt(now, now.plus(wait), retry.reason()));
  }

  private static String idOf(Delivery delivery) {
    return delivery.event().header().id();
  }

  private final class Context implements HookContext {
    private final Delivery delivery;

    Context(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public int attempt() {
      return delivery.attempts() + 1;
    }

    @Override
    public Optional<Customer> customer() {
      return delivery.event().header().customer().flatMap(store::customer);
    }

    @Override
    public boolean putCustomerMetadata(String key, String value) {
      return Customers.keepMetadata(store, delivery.event().header().customer(), key, value);
    }
  }
}
