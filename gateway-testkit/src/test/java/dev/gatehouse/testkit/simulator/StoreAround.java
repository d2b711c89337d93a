package dev.gatehouse.testkit.simulator;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Backlog;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.PaymentSearch;
import dev.gatehouse.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A store that does what the one behind it does; a bug is planted by overriding a method. */
abstract class StoreAround implements Store {
  final Store behind;

  StoreAround(Store behind) {
    this.behind = behind;
  }

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return behind.customer(id);
  }

  @Override
  public Optional<Checkout> checkout(CheckoutId id) {
    return behind.checkout(id);
  }

  @Override
  public Optional<Checkout> checkoutByCommand(CustomerId customer, String command) {
    return behind.checkoutByCommand(customer, command);
  }

  @Override
  public Optional<Payment> payment(PaymentId id) {
    return behind.payment(id);
  }

  @Override
  public Optional<Case> caseOf(PaymentId id) {
    return behind.caseOf(id);
  }

  @Override
  public Optional<Case> caseOf(CheckoutId id) {
    return behind.caseOf(id);
  }

  @Override
  public Optional<PaymentId> paymentByProviderId(GatewayInstanceId gateway, ProviderId id) {
    return behind.paymentByProviderId(gateway, id);
  }

  @Override
  public Optional<Membership> membership(MembershipId id) {
    return behind.membership(id);
  }

  @Override
  public List<Membership> memberships(CustomerId customer) {
    return behind.memberships(customer);
  }

  @Override
  public Optional<InboxItem> inboxItem(GatewayInstanceId gateway, String notice) {
    return behind.inboxItem(gateway, notice);
  }

  @Override
  public Optional<Cursor> cursor(GatewayInstanceId gateway) {
    return behind.cursor(gateway);
  }

  @Override
  public void save(Cursor cursor) {
    behind.save(cursor);
  }

  @Override
  public void commit(Commit commit) {
    behind.commit(commit);
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return behind.due(now, limit);
  }

  @Override
  public List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    return behind.lease(except, now, until, limit);
  }

  @Override
  public List<LifecycleEvent> timeline(String subject) {
    return behind.timeline(subject);
  }

  @Override
  public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    return behind.claim(hook, now, until, limit);
  }

  @Override
  public List<Delivery> acknowledge(List<Delivery> deliveries) {
    return behind.acknowledge(deliveries);
  }

  @Override
  public Subscription subscribe(Set<String> hooks, Consumer<Set<String>> wake) {
    return behind.subscribe(hooks, wake);
  }

  @Override
  public void update(Delivery delivery) {
    behind.update(delivery);
  }

  @Override
  public List<Backlog> backlogs() {
    return behind.backlogs();
  }

  @Override
  public int drop(String hook) {
    return behind.drop(hook);
  }

  @Override
  public List<Delivery> parked(Optional<Delivery.Key> after, int limit) {
    return behind.parked(after, limit);
  }

  @Override
  public List<Delivery> deliveries(String hook, Optional<String> after, int limit) {
    return behind.deliveries(hook, after, limit);
  }

  @Override
  public boolean replay(String hook, String eventId, Instant now) {
    return behind.replay(hook, eventId, now);
  }

  @Override
  public List<Customer> customers(String email, Optional<CustomerId> after, int limit) {
    return behind.customers(email, after, limit);
  }

  @Override
  public List<Payment> payments(PaymentSearch search, Optional<PaymentId> after, int limit) {
    return behind.payments(search, after, limit);
  }

  @Override
  public Action begin(Action action) {
    return behind.begin(action);
  }

  @Override
  public void end(Action action) {
    behind.end(action);
  }

  @Override
  public List<Action> actions(Optional<String> subject, Optional<Long> before, int limit) {
    return behind.actions(subject, before, limit);
  }

  @Override
  public int forgetNotices(Instant before, int limit) {
    return behind.forgetNotices(before, limit);
  }

  @Override
  public List<LifecycleEvent> archivable(
      Instant before, Optional<LifecycleEvent> after, int limit) {
    return behind.archivable(before, after, limit);
  }

  @Override
  public int takeOut(List<String> eventIds) {
    return behind.takeOut(eventIds);
  }
}
