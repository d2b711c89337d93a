package dev.gatehouse.testkit.conformance;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PlanId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/**
 * The customers of the samples, as the framework would show them to a hook: each with a visit, in
 * which everything was agreed to. Thread-safe.
 */
final class HookCustomers {
  private final Map<CustomerId, Customer> known = new LinkedHashMap<>();
  private final Map<String, String> kept = new LinkedHashMap<>();
  private final Map<String, String> metadata;
  private Person person;
  private Optional<String> erasedFor = Optional.empty();
  private boolean keeps = true;

  /** With this kept about each of them, and this name and address. */
  HookCustomers(Map<String, String> metadata, Person person) {
    this.metadata = metadata;
    this.person = person;
  }

  /** Who is seen from now on for the first time is this one. */
  synchronized void are(Person who) {
    person = who;
  }

  /** All are erased, and the hook with this id is still to be told. */
  synchronized void erase(String hook) {
    erasedFor = Optional.of(hook);
    known.replaceAll((id, customer) -> customer.erased(Set.of(hook)));
  }

  /** Nothing is kept about customers from now on: they were erased since. */
  synchronized void keepNothing() {
    keeps = false;
  }

  /** What was kept of any of them. */
  synchronized Map<String, String> kept() {
    return Map.copyOf(kept);
  }

  private synchronized Customer seen(CustomerId id) {
    return known.computeIfAbsent(id, this::first);
  }

  private Customer first(CustomerId id) {
    Customer customer =
        Customer.registered(id, person, HookBench.START)
            .with(new Attributed(HookSamples.checkoutOf(id), visit(id)));
    for (Map.Entry<String, String> one : metadata.entrySet()) {
      customer = customer.with(one.getKey(), one.getValue());
    }
    return erasedFor.isPresent() ? customer.erased(Set.of(erasedFor.get())) : customer;
  }

  private static Attribution visit(CustomerId id) {
    return Attribution.none()
        .client("1234567890." + Math.abs(id.hashCode()))
        .session("1767225600")
        .granting(Purpose.values());
  }

  private synchronized boolean keep(CustomerId id, String key, String value) {
    Customer changed = seen(id).with(key, value);
    if (keeps) {
      known.put(id, changed);
      kept.put(key, value);
    }
    return keeps;
  }

  HookContext context(LifecycleEvent event, int attempt) {
    Optional<Customer> customer = event.header().customer().map(this::seen);
    return new HookContext() {
      @Override
      public int attempt() {
        return attempt;
      }

      @Override
      public Optional<Customer> customer() {
        return customer;
      }

      @Override
      public Optional<Checkout> checkout() {
        return customer.map(HookCustomers::checkout);
      }

      @Override
      public boolean putCustomerMetadata(String key, String value) {
        CustomerId id =
            event
                .header()
                .customer()
                .orElseThrow(() -> new AssertionError("The event has no customer to keep of."));
        return keep(id, key, value);
      }
    };
  }

  private static Checkout checkout(Customer customer) {
    Money price = Money.parse("EUR 10.00");
    return new Checkout(
        HookSamples.checkoutOf(customer.id()),
        1,
        "order-1",
        customer.id(),
        Optional.of(new Plan(new PlanId("gold"), "Gold", price)),
        List.of(),
        price,
        Optional.empty(),
        CheckoutState.COMPLETED,
        List.of(HookSamples.paymentOf(customer.id())),
        Optional.of(HookSamples.paymentOf(customer.id())),
        new TreeSet<>(),
        HookBench.START.minus(Duration.ofHours(1)),
        HookBench.START.plus(Duration.ofDays(1)),
        Optional.empty());
  }
}
