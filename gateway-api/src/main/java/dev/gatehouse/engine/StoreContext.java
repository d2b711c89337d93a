package dev.gatehouse.engine;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.store.Store;
import java.util.Optional;

/**
 * What a hook may know and do beside an event, over the store that knows the event's customer. For
 * the engine, and for what tells hooks elsewhere. Thread-safe, as the store is.
 */
public final class StoreContext implements HookContext {
  private final Store store;
  private final LifecycleEvent event;
  private final int attempt;

  /** The hook, if it is one that the engine does not know. */
  private final Optional<String> elsewhere;

  private StoreContext(Store store, LifecycleEvent event, int attempt, Optional<String> elsewhere) {
    this.store = required("store", store);
    this.event = required("event", event);
    this.attempt = attempt;
    this.elsewhere = elsewhere;
  }

  /**
   * The context of one call.
   *
   * @param attempt which attempt it is; 1 at first
   */
  StoreContext(Store store, LifecycleEvent event, int attempt) {
    this(store, event, attempt, Optional.empty());
  }

  /**
   * The context of one call to a hook that runs elsewhere. What such a hook keeps about a customer
   * stays until {@link #taken()} was said of the customer's erasure.
   *
   * @param hook the hook's id
   * @param attempt which attempt it is; 1 at first
   */
  public static StoreContext elsewhere(
      Store store, LifecycleEvent event, int attempt, String hook) {
    return new StoreContext(store, event, attempt, Optional.of(hook));
  }

  /** Says that the hook elsewhere took the event, or does not want it; before that is kept. */
  public void taken() {
    elsewhere.ifPresent(hook -> Customers.told(store, event, hook));
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public Optional<Customer> customer() {
    return event.header().customer().flatMap(store::customer);
  }

  @Override
  public Optional<Checkout> checkout() {
    return About.checkout(event, store);
  }

  @Override
  public boolean putCustomerMetadata(String key, String value) {
    return Customers.keepMetadata(
        store,
        event.header().customer(),
        customer -> {
          Customer kept = customer.with(key, value);
          return elsewhere.map(kept::keptBy).orElse(kept);
        });
  }
}
