package dev.gatehouse.engine;

import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers committed events to hooks: at least once, in order per subject, each hook for itself.
 * What fails is tried again later; what fails too long is parked for a person. Thread-safe.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final int AT_FIRST = 8;

  /** The most that is claimed at once. */
  static final int LARGEST = 64;

  /** A batch is to take about so long: what it holds is nobody else's meanwhile. */
  private static final Duration QUICK = Duration.ofMillis(100);

  private static final Duration SLOW = Duration.ofSeconds(1);

  /** How often nothing is heard of a delivery before a person is to look at it. */
  static final int MOST_UNANSWERED = 3;

  private final Store store;
  private final List<HookHandle> hooks;
  private final EnginePolicy policy;
  private final Clock clock;

  /** How many deliveries a hook is to get at once; grows while it is quick. */
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

  private volatile boolean stopped;

  Dispatcher(Store store, List<HookHandle> hooks, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.hooks = hooks;
    this.policy = policy;
    this.clock = clock;
  }

  /** Tells no hook of anything more; what is claimed and not told is free for others at once. */
  void stop() {
    stopped = true;
  }

  /** Delivers a batch to every hook; says how many deliveries were made. */
  int deliverDue() {
    return hooks.stream().mapToInt(hook -> deliverDue(hook, () -> {})).sum();
  }

  /**
   * Delivers a batch to one hook; says how many deliveries were made.
   *
   * @param more is told before the hook is if there may be more than this batch
   */
  int deliverDue(HookHandle hook, Runnable more) {
    if (stopped) {
      return 0;
    }
    int size = sizes.getOrDefault(hook.id(), AT_FIRST);
    Instant start = clock.instant();
    List<Delivery> claimed = store.claim(hook.id(), start, start.plus(policy.hookGrace()), size);
    if (claimed.size() == size) {
      more.run();
    }
    tell(hook, claimed, start.plus(policy.hookGrace().dividedBy(10)));
    Duration took = Duration.between(start, clock.instant());
    if (took.compareTo(SLOW) > 0) {
      sizes.put(hook.id(), Math.max(1, size / 2));
    } else if (claimed.size() == size && took.compareTo(QUICK) < 0) {
      sizes.put(hook.id(), Math.min(LARGEST, size * 2));
    }
    return claimed.size();
  }

  /**
   * If this process dies, the claims end by themselves, and nothing was heard of what was claimed.
   * Some of it is the reason, perhaps: so each of that is told alone the next time, and one that is
   * never heard of is parked. Else an event that ends the process would end it for ever, and one
   * that a hook does not come back from would take one thread after the other.
   */
  private void tell(HookHandle hook, List<Delivery> claimed, Instant latest) {
    List<Delivery> usual = new ArrayList<>();
    List<Delivery> suspects = new ArrayList<>();
    claimed.forEach(delivery -> (delivery.unanswered() > 1 ? suspects : usual).add(delivery));
    tellAll(hook, usual, latest);
    boolean late = clock.instant().isAfter(latest);
    suspects.stream().skip(late ? 0 : 1).forEach(this::giveBack);
    suspects.stream().limit(late ? 0 : 1).forEach(suspect -> tellAlone(hook, suspect, latest));
  }

  private void tellAlone(HookHandle hook, Delivery suspect, Instant latest) {
    if (suspect.unanswered() > MOST_UNANSWERED) {
      String reason =
          "told "
              + (suspect.unanswered() - 1)
              + " times without an answer: the process ended each time, or the hook never returned";
      keep(suspect, new HookResult.Park(reason));
    } else {
      tellAll(hook, List.of(suspect), latest);
    }
  }

  /**
   * What was claimed and can't be told in time is left to whoever claims it then: told late, it
   * could be told after a later event that somebody else was quicker with.
   */
  private void tellAll(HookHandle hook, List<Delivery> claimed, Instant latest) {
    List<Delivery> done = new ArrayList<>();
    try {
      int most = hook.most();
      for (int from = 0; from < claimed.size(); from += most) {
        List<Delivery> batch = claimed.subList(from, Math.min(from + most, claimed.size()));
        if (stopped) {
          batch.forEach(this::giveBack);
        } else if (clock.instant().isAfter(latest)) {
          LOG.info("hook {} is slow: some deliveries are claimed again later", hook.id());
          break;
        } else {
          tell(hook, batch, done);
        }
      }
    } finally {
      if (!done.isEmpty()) {
        // A hook that took longer than its grace may have been told elsewhere, too.
        store.acknowledge(done).forEach(Dispatcher::decidedElsewhere);
      }
    }
  }

  private void tell(HookHandle hook, List<Delivery> batch, List<Delivery> done) {
    List<BatchHook.Told> told = batch.stream().map(this::told).toList();
    List<HookResult> results = hook.handleAll(told);
    for (int i = 0; i < batch.size(); i++) {
      decide(batch.get(i), results.get(i), done);
    }
  }

  private BatchHook.Told told(Delivery delivery) {
    return new BatchHook.Told(
        delivery.event(), new StoreContext(store, delivery.event(), delivery.attempts() + 1));
  }

  private void decide(Delivery delivery, HookResult result, List<Delivery> done) {
    if (result instanceof HookResult.Delivered) {
      // Before it is acknowledged: nobody would do it afterwards.
      Customers.told(store, delivery.event(), delivery.hook());
      done.add(delivery);
    } else if (stopped && result instanceof HookResult.Retry) {
      giveBack(delivery); // Interrupted by us, perhaps; that is no failure of the hook's.
    } else {
      keep(delivery, result);
    }
  }

  private void giveBack(Delivery delivery) {
    try {
      store.update(delivery.givenBack(clock.instant()));
    } catch (StaleVersionException e) {
      decidedElsewhere(delivery);
    }
  }

  private static void decidedElsewhere(Delivery delivery) {
    LOG.info("delivery of {} to hook {} was decided elsewhere", idOf(delivery), delivery.hook());
  }

  private void keep(Delivery delivery, HookResult result) {
    try {
      if (result instanceof HookResult.Park park) {
        LOG.warn("hook {} parked event {}", delivery.hook(), idOf(delivery));
        store.update(delivery.park(park.reason()));
      } else {
        tryAgain(delivery, (HookResult.Retry) result);
      }
    } catch (StaleVersionException e) {
      decidedElsewhere(delivery);
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
}
