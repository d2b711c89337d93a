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
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The store as one process sees it: others get in between, and it may fail. */
final class WatchedStore implements Store {
  private final World world;
  private final Node node;

  WatchedStore(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  private Store raw() {
    return world.place.of(node.name());
  }

  @Override
  public void commit(Commit commit) {
    node.demandAlive();
    world.interleave();
    world.faults.crash(FaultKind.CRASH_BEFORE_COMMIT, node);
    if (world.faults.strikes(FaultKind.STORE_FAILURE)) {
      throw new StoreDown("the store is down");
    }
    if (changesOnly(commit) && world.faults.strikes(FaultKind.STORE_CONFLICT)) {
      throw new StaleVersionException("some record");
    }
    world.store.expect(commit);
    CommitCheck check = CommitCheck.before(world.store, commit);
    raw().commit(commit);
    world.store.expect(commit);
    world.commits++;
    check.after(world);
    world.faults.crash(FaultKind.CRASH_AFTER_COMMIT, node);
    if (world.faults.strikes(FaultKind.STORE_ANSWER_LOST)) {
      throw new StoreDown("the store's answer was lost");
    }
    world.interleave();
  }

  /** A conflict is about a record that exists: what is new can't have been changed meanwhile. */
  private static boolean changesOnly(Commit commit) {
    return Stream.of(
            commit.customers().stream().mapToLong(Customer::version),
            commit.checkouts().stream().mapToLong(Checkout::version),
            commit.payments().stream().mapToLong(Payment::version),
            commit.memberships().stream().mapToLong(Membership::version),
            commit.inbox().stream().mapToLong(InboxItem::version))
        .flatMapToLong(versions -> versions)
        .noneMatch(version -> version == 0);
  }

  @Override
  public List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    node.demandAlive();
    world.interleave();
    if (world.faults.strikes(FaultKind.STORE_FAILURE)) {
      throw new StoreDown("the store is down");
    }
    return raw().claim(hook, now, until, limit);
  }

  @Override
  public List<Delivery> acknowledge(List<Delivery> deliveries) {
    node.demandAlive();
    if (world.faults.strikes(FaultKind.STORE_FAILURE)) {
      throw new StoreDown("the store is down");
    }
    return raw().acknowledge(deliveries);
  }

  @Override
  public void update(Delivery delivery) {
    node.demandAlive();
    if (world.faults.strikes(FaultKind.STORE_FAILURE)) {
      throw new StoreDown("the store is down");
    }
    raw().update(delivery);
  }

  @Override
  public void save(Cursor cursor) {
    node.demandAlive();
    if (world.faults.strikes(FaultKind.STORE_FAILURE)) {
      throw new StoreDown("the store is down");
    }
    raw().save(cursor);
  }

  @Override
  public Optional<Cursor> cursor(GatewayInstanceId gateway) {
    return raw().cursor(gateway);
  }

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return raw().customer(id);
  }

  @Override
  public Optional<Checkout> checkout(CheckoutId id) {
    return raw().checkout(id);
  }

  @Override
  public Optional<Checkout> checkoutByCommand(CustomerId customer, String command) {
    return raw().checkoutByCommand(customer, command);
  }

  @Override
  public Optional<Payment> payment(PaymentId id) {
    return raw().payment(id);
  }

  @Override
  public Optional<Case> caseOf(PaymentId id) {
    return raw().caseOf(id);
  }

  @Override
  public Optional<Case> caseOf(CheckoutId id) {
    return raw().caseOf(id);
  }

  @Override
  public Optional<PaymentId> paymentByProviderId(GatewayInstanceId gateway, ProviderId id) {
    return raw().paymentByProviderId(gateway, id);
  }

  @Override
  public Optional<Membership> membership(MembershipId id) {
    return raw().membership(id);
  }

  @Override
  public List<Membership> memberships(CustomerId customer) {
    return raw().memberships(customer);
  }

  @Override
  public Optional<InboxItem> inboxItem(GatewayInstanceId gateway, String notice) {
    return raw().inboxItem(gateway, notice);
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return raw().due(now, limit);
  }

  @Override
  public List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    return raw().lease(except, now, until, limit);
  }

  @Override
  public List<LifecycleEvent> timeline(String subject) {
    return raw().timeline(subject);
  }

  @Override
  public List<Backlog> backlogs() {
    return raw().backlogs();
  }

  @Override
  public int drop(String hook) {
    return raw().drop(hook);
  }

  @Override
  public List<Delivery> parked(Optional<Delivery.Key> after, int limit) {
    return raw().parked(after, limit);
  }

  @Override
  public List<Delivery> deliveries(String hook, Optional<String> after, int limit) {
    return raw().deliveries(hook, after, limit);
  }

  @Override
  public boolean replay(String hook, String eventId, Instant now) {
    return raw().replay(hook, eventId, now);
  }

  @Override
  public List<Customer> customers(String email, Optional<CustomerId> after, int limit) {
    return raw().customers(email, after, limit);
  }

  @Override
  public List<Payment> payments(PaymentSearch search, Optional<PaymentId> after, int limit) {
    return raw().payments(search, after, limit);
  }

  @Override
  public Action begin(Action action) {
    return raw().begin(action);
  }

  @Override
  public void end(Action action) {
    raw().end(action);
  }

  @Override
  public List<Action> actions(Optional<String> subject, Optional<Long> before, int limit) {
    return raw().actions(subject, before, limit);
  }

  /** Nobody waits here: time goes on when the simulator lets it. */
  @Override
  public Subscription subscribe(Set<String> hooks, Consumer<Set<String>> wake) {
    return raw().subscribe(hooks, wake);
  }

  @Override
  public int forgetNotices(Instant before, int limit) {
    return raw().forgetNotices(before, limit);
  }

  @Override
  public List<LifecycleEvent> archivable(
      Instant before, Optional<LifecycleEvent> after, int limit) {
    return raw().archivable(before, after, limit);
  }

  @Override
  public int takeOut(List<String> eventIds) {
    return raw().takeOut(eventIds);
  }
}
