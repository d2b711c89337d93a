package dev.gatehouse.store;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that one decision changes: kept together, or not at all. Each record carries the
 * version that it was loaded with; 0 means that it must not exist yet.
 *
 * @param customers changed customers
 * @param checkouts changed checkouts, with their alarms
 * @param payments changed payments, with facts, operations and alarms
 * @param memberships changed memberships
 * @param inbox changed inbox items
 * @param events new events, in order
 * @param basedOn what the decision was made from, if it was made from a case: every record of it
 *     must still have its version, changed or not, or else two decisions could miss each other
 */
public record Commit(
    List<Customer> customers,
    List<Checkout> checkouts,
    List<Payment> payments,
    List<Membership> memberships,
    List<InboxItem> inbox,
    List<NewEvent> events,
    Optional<Case> basedOn) {

  /** Copies the lists. */
  public Commit {
    customers = List.copyOf(customers);
    checkouts = List.copyOf(checkouts);
    payments = List.copyOf(payments);
    memberships = List.copyOf(memberships);
    inbox = List.copyOf(inbox);
    events = List.copyOf(events);
  }

  /**
   * An event and who is to hear of it.
   *
   * @param event the event; its id is unique in the store
   * @param hooks the ids of the hooks that want it
   */
  public record NewEvent(LifecycleEvent event, Set<String> hooks) {
    /** Copies the set. */
    public NewEvent {
      hooks = Set.copyOf(hooks);
    }
  }

  /** Starts a commit. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return customers.isEmpty()
        && checkouts.isEmpty()
        && payments.isEmpty()
        && memberships.isEmpty()
        && inbox.isEmpty()
        && events.isEmpty();
  }

  /** Collects a commit. Not thread-safe. */
  public static final class Builder {
    private final List<Customer> customers = new ArrayList<>();
    private final List<Checkout> checkouts = new ArrayList<>();
    private final List<Payment> payments = new ArrayList<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final List<InboxItem> inbox = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();
    private Optional<Case> basedOn = Optional.empty();

    private Builder() {}

    /** A changed customer. */
    public Builder save(Customer customer) {
      customers.add(customer);
      return this;
    }

    /** A changed checkout. */
    public Builder save(Checkout checkout) {
      checkouts.add(checkout);
      return this;
    }

    /** A changed payment. */
    public Builder save(Payment payment) {
      payments.add(payment);
      return this;
    }

    /** A changed membership. */
    public Builder save(Membership membership) {
      memberships.add(membership);
      return this;
    }

    /** A changed inbox item. */
    public Builder save(InboxItem item) {
      inbox.add(item);
      return this;
    }

    /** A new event and who is to hear of it. */
    public Builder raise(LifecycleEvent event, Set<String> hooks) {
      events.add(new NewEvent(event, hooks));
      return this;
    }

    /** What the decision was made from. */
    public Builder basedOn(Case known) {
      basedOn = Optional.of(known);
      return this;
    }

    /** The commit. */
    public Commit build() {
      return new Commit(customers, checkouts, payments, memberships, inbox, events, basedOn);
    }
  }
}
