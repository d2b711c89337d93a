package dev.gatehouse.engine;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers committed events to hooks: at least once, in order per subject, each hook for itself.
 * What fails is tried again later; what fails too often is parked for a person. Thread-safe.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int BATCH = 100;
  private static final int MAX_ROUNDS = 50;
  private static final Pattern METADATA_KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** A sink that asks for more than a week's patience has lost its clock. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(7);

  private static final int MAX_METADATA = 1024;

  private final Store store;
  private final List<LifecycleHook> hooks;
  private final EnginePolicy policy;
  private final Clock clock;

  Dispatcher(Store store, List<LifecycleHook> hooks, EnginePolicy policy, Clock clock) {
    this.store = store;
    this.hooks = hooks;
    this.policy = policy;
    this.clock = clock;
  }

  /** Delivers a batch to every hook; says how many deliveries were made. */
  int deliverDue() {
    return hooks.stream().mapToInt(hook -> deliverDue(hook)).sum();
  }

  /** Delivers a batch to one hook; says how many deliveries were made. */
  int deliverDue(LifecycleHook hook) {
    List<Delivery> due = store.dueDeliveries(hook.id(), clock.instant(), BATCH);
    due.forEach(delivery -> deliver(hook, delivery));
    return due.size();
  }

  private void deliver(LifecycleHook hook, Delivery delivery) {
    HookResult result = result(hook, delivery);
    Instant now = clock.instant();
    if (result instanceof HookResult.Delivered) {
      store.acknowledge(delivery);
    } else if (result instanceof HookResult.Park park) {
      LOG.warn("hook {} parked event {}", hook.id(), delivery.event().header().id());
      store.update(delivery.park(park.reason()));
    } else if (delivery.attempts() + 1 >= policy.hookAttempts()) {
      LOG.warn("hook {} failed too often on {}", hook.id(), delivery.event().header().id());
      store.update(delivery.park(((HookResult.Retry) result).reason()));
    } else {
      HookResult.Retry retry = (HookResult.Retry) result;
      Duration backoff = policy.hookWait(delivery.attempts() + 1);
      Duration asked = retry.after().filter(a -> a.compareTo(backoff) > 0).orElse(backoff);
      Duration wait = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
      store.update(delivery.retryAt(now.plus(wait), retry.reason()));
    }
  }

  /** A hook that throws or returns null asks to be called again. */
  private HookResult result(LifecycleHook hook, Delivery delivery) {
    try {
      HookResult result = hook.handle(delivery.event(), new Context(delivery));
      return result != null
          ? result
          : new HookResult.Retry(Optional.empty(), "the hook returned null");
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return new HookResult.Retry(Optional.empty(), "the hook threw " + e.getClass().getName());
    }
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
    public void putCustomerMetadata(String key, String value) {
      required("key", key);
      required("value", value);
      Optional<CustomerId> id = delivery.event().header().customer();
      if (id.isEmpty() || !METADATA_KEY.matcher(key).matches() || value.length() > MAX_METADATA) {
        throw new InvalidInputException(
            new Problem(
                "metadata",
                "metadata.malformed",
                "the event has no customer, or key or value are malformed",
                "use a key of 1 to 64 letters, digits, '.', '_' or '-', and at most 1,024 characters"));
      }
      for (int round = 1; ; round++) {
        Customer customer =
            store
                .customer(id.get())
                .orElseThrow(() -> Committer.notFound("customer", id.get().value()));
        try {
          store.commit(Commit.builder().save(customer.with(key, value)).build());
          return;
        } catch (StaleVersionException e) {
          if (round == MAX_ROUNDS) {
            throw e;
          }
        }
      }
    }
  }
}
