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

  /**
   * The context of one call.
   *
   * @param attempt which attempt it is; 1 at first
   */
  public StoreContext(Store store, LifecycleEvent event, int attempt) {
    this.store = required("store", store);
    this.event = required("event", event);
    this.attempt = attempt;
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
    return Customers.keepMetadata(store, event.header().customer(), key, value);
  }
}
