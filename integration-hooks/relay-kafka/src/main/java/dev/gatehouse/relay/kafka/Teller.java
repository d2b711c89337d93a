package dev.gatehouse.relay.kafka;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.engine.HookHandle;
import dev.gatehouse.engine.StoreContext;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.store.Store;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells one hook of events, with or without the store that knows their customers. Thread-safe. */
final class Teller {
  private final HookHandle hook;
  private final @Nullable Store store;

  Teller(LifecycleHook hook, @Nullable Store store) {
    this.hook = new HookHandle(hook);
    this.store = store;
  }

  String id() {
    return hook.id();
  }

  /** Tells the hook; there is an answer to everything. */
  HookResult tell(LifecycleEvent event, int attempt) {
    if (store != null) {
      StoreContext context = StoreContext.elsewhere(store, event, attempt, hook.id());
      HookResult result = hook.handle(event, context);
      if (result instanceof HookResult.Delivered) {
        context.taken();
      }
      return result;
    }
    Storeless context = new Storeless(attempt);
    HookResult result = hook.handle(event, context);
    return context.missed && !(result instanceof HookResult.Delivered)
        ? new HookResult.Park(
            "the hook asks for its customer or checkout, and the runner has no store")
        : result;
  }

  boolean wants(LifecycleEvent event) {
    return hook.wants(event);
  }

  /** An event that the hook does not want: whoever waits for the hook waits no more. */
  void passOver(LifecycleEvent event) {
    if (store != null) {
      StoreContext.elsewhere(store, event, 1, hook.id()).taken();
    }
  }

  /**
   * To say "nobody" would be wrong: to a hook it means that the customer was erased, and it would
   * tell its service nothing.
   */
  private static final class Storeless implements HookContext {
    private final int attempt;
    private volatile boolean missed;

    Storeless(int attempt) {
      this.attempt = attempt;
    }

    @Override
    public int attempt() {
      return attempt;
    }

    @Override
    public Optional<Customer> customer() {
      throw missing();
    }

    @Override
    public Optional<Checkout> checkout() {
      throw missing();
    }

    @Override
    public boolean putCustomerMetadata(String key, String value) {
      throw missing();
    }

    private InvalidStateException missing() {
      missed = true;
      return new InvalidStateException(
          new Problem(
              "store",
              "kafka.no-store",
              "customers and checkouts are not known here",
              "give the runner the shop's store"));
    }
  }
}
