package dev.gatehouse.store;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The store contract within one process; everything is gone with it. Thread-safe: one lock, short
 * calls; what a decision is made from is read without it.
 */
public final class InMemoryStore implements Store {
  private static final Comparator<Payment> NEWEST_FIRST =
      Comparator.comparing(Payment::createdAt).thenComparing(Payment::id).reversed();

  private record InboxKey(GatewayInstanceId gateway, String notice) {}

  private record CommandKey(CustomerId customer, String command) {}

  private record ProviderKey(GatewayInstanceId gateway, ProviderId id) {}

  private record Alarm(Instant at, String order, Due due) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : order.compareTo(other.order);
    }
  }

  private final Map<CustomerId, Customer> customers = new ConcurrentHashMap<>();
  private final Map<CheckoutId, Checkout> checkouts = new ConcurrentHashMap<>();
  private final Map<CommandKey, CheckoutId> commands = new HashMap<>();
  private final Map<PaymentId, Payment> payments = new ConcurrentHashMap<>();
  private final Map<ProviderKey, PaymentId> providerIds = new HashMap<>();
  private final Map<MembershipId, Membership> memberships = new ConcurrentHashMap<>();
  private final Map<InboxKey, InboxItem> inbox = new HashMap<>();
  private final Map<GatewayInstanceId, Cursor> cursors = new HashMap<>();
  private final TreeSet<Alarm> alarms = new TreeSet<>();
  private final Map<Due, Alarm> alarmOf = new HashMap<>();
  private final Outbox outbox = new Outbox();
  private final List<Action> actions = new ArrayList<>();
  private final Subscribers subscribers = new Subscribers();

  /** Odd while a commit is being kept. */
  private final AtomicLong halves = new AtomicLong();

  /** An empty store. */
  public InMemoryStore() {}

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return found(customers, id);
  }

  @Override
  public Optional<Checkout> checkout(CheckoutId id) {
    return found(checkouts, id);
  }

  @Override
  public synchronized Optional<Checkout> checkoutByCommand(CustomerId customer, String command) {
    return Optional.ofNullable(commands.get(new CommandKey(customer, command))).map(checkouts::get);
  }

  @Override
  public Optional<Payment> payment(PaymentId id) {
    return found(payments, id);
  }

  @Override
  public Optional<Case> caseOf(PaymentId id) {
    return ofOneMoment(() -> Optional.ofNullable(payments.get(id)).map(this::read));
  }

  private Case read(Payment payment) {
    return payment
        .checkout()
        .flatMap(this::read)
        .orElseGet(() -> new Case(Optional.empty(), List.of(payment), Optional.empty()));
  }

  @Override
  public Optional<Case> caseOf(CheckoutId id) {
    return ofOneMoment(() -> read(id));
  }

  private Optional<Case> read(CheckoutId id) {
    return Optional.ofNullable(checkouts.get(id))
        .map(
            checkout ->
                new Case(
                    Optional.of(checkout),
                    paymentsOf(checkout),
                    checkout.membership().map(memberships::get)));
  }

  private List<Payment> paymentsOf(Checkout checkout) {
    List<Payment> its = new ArrayList<>(checkout.payments().size());
    for (PaymentId id : checkout.payments()) {
      Payment payment = payments.get(id);
      if (payment != null) {
        its.add(payment);
      }
    }
    return its;
  }

  private <K, V> Optional<V> found(Map<K, V> records, K id) {
    return ofOneMoment(() -> Optional.ofNullable(records.get(id)));
  }

  /** Never half of a commit: what may be is read again when no commit is being kept. */
  private <T> T ofOneMoment(Supplier<T> read) {
    long before = halves.get();
    if (before % 2 == 0) {
      T seen = read.get();
      if (halves.get() == before) {
        return seen;
      }
    }
    synchronized (this) {
      return read.get();
    }
  }

  @Override
  public synchronized Optional<PaymentId> paymentByProviderId(
      GatewayInstanceId gateway, ProviderId providerId) {
    return Optional.ofNullable(providerIds.get(new ProviderKey(gateway, providerId)));
  }

  @Override
  public Optional<Membership> membership(MembershipId id) {
    return found(memberships, id);
  }

  @Override
  public synchronized List<Membership> memberships(CustomerId customer) {
    return memberships.values().stream()
        .filter(membership -> membership.customer().equals(customer))
        .sorted(Comparator.comparing(Membership::id))
        .toList();
  }

  @Override
  public synchronized Optional<InboxItem> inboxItem(GatewayInstanceId gateway, String notice) {
    return Optional.ofNullable(inbox.get(new InboxKey(gateway, notice)));
  }

  @Override
  public synchronized Optional<Cursor> cursor(GatewayInstanceId gateway) {
    return Optional.ofNullable(cursors.get(gateway));
  }

  @Override
  public synchronized void save(Cursor cursor) {
    GatewayInstanceId gateway = cursor.gateway();
    demand(gateway.value(), cursor.version(), cursors.get(gateway), Cursor::version);
    cursors.put(gateway, cursor.atVersion(cursor.version() + 1));
  }

  @Override
  public void commit(Commit commit) {
    required("commit", commit);
    keep(commit);
    subscribers.tell(commit);
  }

  private synchronized void keep(Commit commit) {
    demandCurrent(commit);
    halves.incrementAndGet();
    try {
      putAll(commit);
    } finally {
      halves.incrementAndGet();
    }
  }

  private void putAll(Commit commit) {
    commit.customers().forEach(c -> customers.put(c.id(), c.atVersion(c.version() + 1)));
    commit.memberships().forEach(m -> memberships.put(m.id(), m.atVersion(m.version() + 1)));
    commit.checkouts().forEach(this::keep);
    commit.payments().forEach(this::keep);
    commit.inbox().forEach(this::keep);
    commit.events().forEach(outbox::append);
  }

  @Override
  public synchronized List<Due> due(Instant now, int limit) {
    return goneOff(Set.of(), now, limit).stream().map(Alarm::due).toList();
  }

  @Override
  public synchronized List<Due> lease(
      Set<GatewayInstanceId> except, Instant now, Instant until, int limit) {
    List<Alarm> taken = goneOff(except, now, limit);
    taken.forEach(alarm -> setAlarm(alarm.order, alarm.due, Optional.of(until)));
    return taken.stream().map(Alarm::due).toList();
  }

  private List<Alarm> goneOff(Set<GatewayInstanceId> except, Instant now, int limit) {
    return alarms.stream()
        .takeWhile(alarm -> !alarm.at.isAfter(now))
        .filter(alarm -> gatewayOf(alarm.due).filter(except::contains).isEmpty())
        .limit(limit)
        .toList();
  }

  private Optional<GatewayInstanceId> gatewayOf(Due due) {
    if (due instanceof Due.OfInbox item) {
      return Optional.of(item.gateway());
    }
    return due instanceof Due.OfPayment payment
        ? payment(payment.id()).map(Payment::gateway)
        : Optional.empty();
  }

  @Override
  public synchronized List<LifecycleEvent> timeline(String subject) {
    return outbox.timeline(subject);
  }

  @Override
  public synchronized List<Delivery> claim(String hook, Instant now, Instant until, int limit) {
    return outbox.claim(hook, now, until, limit);
  }

  @Override
  public synchronized List<Delivery> acknowledge(List<Delivery> deliveries) {
    return deliveries.stream().filter(delivery -> !outbox.acknowledge(delivery)).toList();
  }

  @Override
  public synchronized void update(Delivery delivery) {
    outbox.update(delivery);
  }

  @Override
  public Subscription subscribe(Set<String> hooks, Consumer<Set<String>> wake) {
    return subscribers.add(hooks, wake);
  }

  @Override
  public synchronized List<Backlog> backlogs() {
    return outbox.backlogs();
  }

  @Override
  public synchronized int drop(String hook) {
    return outbox.drop(hook);
  }

  @Override
  public synchronized List<Delivery> parked(Optional<Delivery.Key> after, int limit) {
    return outbox.parked(after, limit);
  }

  @Override
  public synchronized List<Delivery> deliveries(String hook, Optional<String> after, int limit) {
    return outbox.deliveries(hook, after, limit);
  }

  @Override
  public synchronized boolean replay(String hook, String eventId, Instant now) {
    return outbox.replay(hook, eventId, now);
  }

  @Override
  public synchronized List<Customer> customers(
      String email, Optional<CustomerId> after, int limit) {
    String wanted = Person.comparable(email);
    return customers.values().stream()
        .filter(
            c -> c.person().filter(p -> Person.comparable(p.email()).equals(wanted)).isPresent())
        .filter(c -> after.isEmpty() || c.id().compareTo(after.get()) > 0)
        .sorted(Comparator.comparing(Customer::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Payment> payments(
      PaymentSearch search, Optional<PaymentId> after, int limit) {
    Optional<Payment> last = after.map(payments::get);
    if (after.isPresent() && last.isEmpty()) {
      return List.of();
    }
    return payments.values().stream()
        .filter(payment -> isFound(search, payment))
        .filter(payment -> last.isEmpty() || NEWEST_FIRST.compare(last.get(), payment) < 0)
        .sorted(NEWEST_FIRST)
        .limit(limit)
        .toList();
  }

  private boolean isFound(PaymentSearch search, Payment payment) {
    if (search instanceof PaymentSearch.OfCustomer of) {
      return isOf(of.customer(), payment);
    }
    if (search instanceof PaymentSearch.OfAmount of) {
      return payment.nominal().filter(of.amount()::equals).isPresent()
          && of.from().filter(payment.createdAt()::isBefore).isEmpty()
          && of.to().filter(to -> !payment.createdAt().isBefore(to)).isEmpty();
    }
    if (search instanceof PaymentSearch.OfConcern of) {
      return payment.concerns().stream().anyMatch(of.any()::contains);
    }
    String reference = ((PaymentSearch.OfReference) search).reference();
    return payment.id().value().equals(reference)
        || payment.checkout().filter(id -> id.value().equals(reference)).isPresent()
        || payment.checkout().stream()
            .flatMap(id -> checkout(id).stream())
            .anyMatch(checkout -> checkout.customer().value().equals(reference))
        || payment.facts().providerIds().stream()
            .filter(id -> id.id().equals(reference))
            .map(id -> providerIds.get(new ProviderKey(payment.gateway(), id)))
            .anyMatch(payment.id()::equals);
  }

  private boolean isOf(CustomerId customer, Payment payment) {
    return payment.checkout().flatMap(this::checkout).stream()
        .anyMatch(checkout -> checkout.customer().equals(customer));
  }

  @Override
  public synchronized Action begin(Action action) {
    Action kept = action.numbered(actions.size() + 1L);
    actions.add(kept);
    return kept;
  }

  @Override
  public synchronized void end(Action action) {
    int index = (int) action.number() - 1;
    if (index >= 0 && index < actions.size() && actions.get(index).outcome().isEmpty()) {
      action.outcome().ifPresent(outcome -> actions.set(index, actions.get(index).ended(outcome)));
    }
  }

  @Override
  public synchronized List<Action> actions(
      Optional<String> subject, Optional<Long> before, int limit) {
    return actions.stream()
        .filter(action -> subject.isEmpty() || action.subject().equals(subject.get()))
        .filter(action -> before.isEmpty() || action.number() < before.get())
        .sorted(Comparator.comparing(Action::number).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int forgetNotices(Instant before, int limit) {
    List<InboxKey> old =
        inbox.entrySet().stream()
            .filter(e -> e.getValue().wakeAt().isEmpty())
            .filter(e -> e.getValue().receivedAt().isBefore(before))
            .map(Map.Entry::getKey)
            .limit(limit)
            .toList();
    old.forEach(inbox::remove);
    return old.size();
  }

  @Override
  public synchronized List<LifecycleEvent> archivable(
      Instant before, Optional<LifecycleEvent> after, int limit) {
    return outbox.archivable(before, after, limit);
  }

  @Override
  public synchronized int takeOut(List<String> eventIds) {
    return outbox.takeOut(eventIds);
  }

  /** Every payment, in the order of their ids; for tests and small tools. */
  public synchronized List<Payment> payments() {
    return payments.values().stream().sorted(Comparator.comparing(Payment::id)).toList();
  }

  /** Every checkout, in the order of their ids; for tests and small tools. */
  public synchronized List<Checkout> checkouts() {
    return checkouts.values().stream().sorted(Comparator.comparing(Checkout::id)).toList();
  }

  /** Every event, in the order of their commits; for tests and small tools. */
  public synchronized List<LifecycleEvent> events() {
    return outbox.all();
  }

  private void demandCurrent(Commit commit) {
    commit.basedOn().ifPresent(this::demandCurrent);
    for (Customer c : commit.customers()) {
      demand(c.id().value(), c.version(), customers.get(c.id()), Customer::version);
    }
    for (Checkout c : commit.checkouts()) {
      demandCurrent(c);
      CheckoutId started =
          c.version() == 0 ? commands.get(new CommandKey(c.customer(), c.command())) : null;
      if (started != null) {
        throw new StaleVersionException(started.value());
      }
    }
    commit.payments().forEach(this::demandCurrent);
    commit.payments().forEach(this::demandNotTakenInYet);
    commit.memberships().forEach(this::demandCurrent);
    for (InboxItem i : commit.inbox()) {
      InboxItem stored = inbox.get(new InboxKey(i.gateway(), i.notice()));
      demand(i.notice(), i.version(), stored, InboxItem::version);
    }
    commit.events().forEach(event -> outbox.demandNew(event.event()));
  }

  private void demandCurrent(Case known) {
    known.checkout().ifPresent(this::demandCurrent);
    known.payments().forEach(this::demandCurrent);
    known.membership().ifPresent(this::demandCurrent);
  }

  private void demandCurrent(Checkout c) {
    demand(c.id().value(), c.version(), checkouts.get(c.id()), Checkout::version);
  }

  private void demandCurrent(Payment p) {
    demand(p.id().value(), p.version(), payments.get(p.id()), Payment::version);
  }

  private void demandNotTakenInYet(Payment payment) {
    if (payment.version() == 0 && payment.terms().isEmpty()) {
      for (ProviderId id : payment.facts().providerIds()) {
        PaymentId known = providerIds.get(new ProviderKey(payment.gateway(), id));
        if (known != null) {
          throw new StaleVersionException(known.value());
        }
      }
    }
  }

  private void demandCurrent(Membership m) {
    demand(m.id().value(), m.version(), memberships.get(m.id()), Membership::version);
  }

  private static <R> void demand(
      String name, long version, @Nullable R stored, ToLongFunction<R> of) {
    long current = stored == null ? 0 : of.applyAsLong(stored);
    if (current != version) {
      throw new StaleVersionException(name);
    }
  }

  private void keep(Checkout checkout) {
    checkouts.put(checkout.id(), checkout.atVersion(checkout.version() + 1));
    if (checkout.version() == 0) {
      commands.put(new CommandKey(checkout.customer(), checkout.command()), checkout.id());
    }
    setAlarm(checkout.id().value(), new Due.OfCheckout(checkout.id()), checkout.wakeAt());
  }

  private void keep(Payment payment) {
    payments.put(payment.id(), payment.atVersion(payment.version() + 1));
    for (ProviderId id : payment.facts().providerIds()) {
      providerIds.merge(
          new ProviderKey(payment.gateway(), id),
          payment.id(),
          (first, other) -> isForeign(first) && !isForeign(other) ? other : first);
    }
    setAlarm(payment.id().value(), new Due.OfPayment(payment.id()), payment.wakeAt());
  }

  /** Seen before it was known to be ours, it was taken for a payment that we did not start. */
  private boolean isForeign(PaymentId id) {
    return payment(id).flatMap(Payment::terms).isEmpty();
  }

  private void keep(InboxItem item) {
    InboxKey key = new InboxKey(item.gateway(), item.notice());
    inbox.put(key, item.atVersion(item.version() + 1));
    setAlarm(
        item.gateway().value() + "/" + item.notice(),
        new Due.OfInbox(item.gateway(), item.notice()),
        item.wakeAt());
  }

  private void setAlarm(String order, Due due, Optional<Instant> time) {
    Alarm before = alarmOf.get(due);
    if (before != null && time.filter(before.at::equals).isPresent()) {
      return;
    }
    if (before != null) {
      alarms.remove(before);
      alarmOf.remove(due);
    }
    if (time.isPresent()) {
      Alarm alarm = new Alarm(time.get(), order, due);
      alarms.add(alarm);
      alarmOf.put(due, alarm);
    }
  }
}
