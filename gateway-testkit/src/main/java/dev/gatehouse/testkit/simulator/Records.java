package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is stored, as the checks and the people of a run see it. A store can't list what it has, so
 * this remembers of what there were commits, and asks the store about each. What it read, it knows
 * until there is a commit of it, or a process dies.
 */
final class Records {
  private static final String PROCESS = "checks";

  private final SimulatedStore place;
  private final Map<PaymentId, Optional<Payment>> knownPayments = new HashMap<>();
  private final Map<String, List<LifecycleEvent>> knownTimelines = new HashMap<>();
  private final Set<PaymentId> payments = new TreeSet<>();
  private final Set<CheckoutId> checkouts = new TreeSet<>();
  private final Set<String> subjects = new TreeSet<>();

  Records(SimulatedStore place) {
    this.place = place;
  }

  /** Somebody commits this: said before, and again afterwards. */
  void expect(Commit commit) {
    for (Payment payment : commit.payments()) {
      payments.add(payment.id());
      knownPayments.remove(payment.id());
    }
    commit.checkouts().forEach(checkout -> checkouts.add(checkout.id()));
    for (Commit.NewEvent added : commit.events()) {
      subjects.add(added.event().header().subject());
      knownTimelines.remove(added.event().header().subject());
    }
  }

  /** From here on, only what is stored counts. */
  void forget() {
    knownPayments.clear();
    knownTimelines.clear();
  }

  private Store store() {
    return place.of(PROCESS);
  }

  /** Every payment, in the order of their ids. */
  List<Payment> payments() {
    return payments.stream().flatMap(id -> payment(id).stream()).toList();
  }

  /** Every checkout, in the order of their ids. */
  List<Checkout> checkouts() {
    return checkouts.stream().flatMap(id -> checkout(id).stream()).toList();
  }

  /** Every event, those of one subject in their order. */
  List<LifecycleEvent> events() {
    return subjects.stream().flatMap(subject -> timeline(subject).stream()).toList();
  }

  Optional<Customer> customer(CustomerId id) {
    return store().customer(id);
  }

  Optional<Checkout> checkout(CheckoutId id) {
    return store().checkout(id);
  }

  Optional<Checkout> checkoutByCommand(CustomerId customer, String command) {
    return store().checkoutByCommand(customer, command);
  }

  Optional<Payment> payment(PaymentId id) {
    return knownPayments.computeIfAbsent(id, store()::payment);
  }

  Optional<Membership> membership(MembershipId id) {
    return store().membership(id);
  }

  List<LifecycleEvent> timeline(String subject) {
    return knownTimelines.computeIfAbsent(subject, store()::timeline);
  }

  List<Delivery> parked() {
    return store().parked(Optional.empty(), Integer.MAX_VALUE);
  }

  void replay(String hook, String eventId, Instant now) {
    store().replay(hook, eventId, now);
  }
}
