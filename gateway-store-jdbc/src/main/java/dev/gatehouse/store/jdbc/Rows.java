package dev.gatehouse.store.jdbc;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.json.Json;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InboxItem;
import dev.gatehouse.store.StaleVersionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a commit, texts and all, made before any connection is held. Each list is in the
 * order of its keys, so that two commits that meet at two rows meet at the same one first.
 */
record Rows(
    List<Guard> guards,
    List<OfCheckout> checkouts,
    List<OfMembership> memberships,
    List<OfPayment> payments,
    List<OfProviderId> providerIds,
    List<OfCustomer> customers,
    List<OfInbox> inbox,
    List<OfSubject> subjects,
    List<OfEvent> events,
    List<OfDelivery> deliveries) {

  /** A record that the decision was made from and that the commit itself does not change. */
  record Guard(Kind kind, String id, long version) {}

  /** Of what kind a guarded record is, in the order in which they are locked. */
  enum Kind {
    CHECKOUT("checkout"),
    MEMBERSHIP("membership"),
    PAYMENT("payment");

    final String table;

    Kind(String table) {
      this.table = table;
    }
  }

  record OfCheckout(
      String id,
      long version,
      String customer,
      String command,
      @Nullable String membership,
      @Nullable Long wakeAt,
      String payload) {}

  record OfMembership(String id, long version, String customer, String payload) {}

  record OfPayment(
      String id,
      long version,
      String gateway,
      @Nullable String checkout,
      boolean foreign,
      @Nullable Long wakeAt,
      long createdAt,
      @Nullable String amount,
      @Nullable Long concerns,
      String payload) {
    /** Taken in for the first time, and not started by us. */
    boolean isTakenIn() {
      return foreign && version == 0;
    }
  }

  /**
   * An id of a payment.
   *
   * @param foreign whether the payment is one that we did not start, and gives way to ours
   * @param isNew whether nobody else may have the id
   */
  record OfProviderId(
      String gateway, String kind, String id, String payment, boolean foreign, boolean isNew) {

    boolean isSame(OfProviderId other) {
      return gateway.equals(other.gateway) && kind.equals(other.kind) && id.equals(other.id);
    }
  }

  record OfCustomer(String id, long version, @Nullable String email, String payload) {}

  record OfInbox(
      String gateway,
      String notice,
      long version,
      Long receivedAt,
      @Nullable Long wakeAt,
      String payload) {}

  /** How many events a subject gets. */
  record OfSubject(String subject, long events) {}

  /** An event: the how manieth subject's, and its place among the new events of that, from 1. */
  record OfEvent(String id, int subject, long place, long at, String type, String payload) {}

  /** A delivery of an event, by the event's index. */
  record OfDelivery(String hook, int event) {}

  static Rows of(Commit commit) {
    List<OfPayment> payments = sorted(commit.payments(), p -> row(p), OfPayment::id);
    List<OfSubject> subjects = subjects(commit.events());
    return new Rows(
        guards(commit),
        sorted(commit.checkouts(), c -> row(c), OfCheckout::id),
        sorted(commit.memberships(), m -> row(m), OfMembership::id),
        payments,
        providerIds(commit.payments(), payments),
        sorted(commit.customers(), c -> row(c), OfCustomer::id),
        sorted(commit.inbox(), i -> row(i), OfInbox::notice),
        subjects,
        events(commit.events(), subjects),
        deliveries(commit.events()));
  }

  private static <R, T> List<T> sorted(
      List<R> records, Function<R, T> row, Function<T, String> id) {
    return records.stream().map(row).sorted(Comparator.comparing(id)).toList();
  }

  private static OfCheckout row(Checkout c) {
    return new OfCheckout(
        c.id().value(),
        c.version(),
        c.customer().value(),
        c.command(),
        c.membership().map(id -> id.value()).orElse(null),
        Nanos.orNull(c.wakeAt().orElse(null)),
        RecordJson.write(Json.CHECKOUT, c.atVersion(c.version() + 1)));
  }

  private static OfMembership row(Membership m) {
    String payload = RecordJson.write(Json.MEMBERSHIP, m.atVersion(m.version() + 1));
    return new OfMembership(m.id().value(), m.version(), m.customer().value(), payload);
  }

  private static OfPayment row(Payment p) {
    return new OfPayment(
        p.id().value(),
        p.version(),
        p.gateway().value(),
        p.checkout().map(id -> id.value()).orElse(null),
        p.terms().isEmpty(),
        Nanos.orNull(p.wakeAt().orElse(null)),
        Nanos.of(p.createdAt()),
        p.nominal().map(Money::toString).orElse(null),
        concerns(p),
        RecordJson.write(Json.PAYMENT, p.atVersion(p.version() + 1)));
  }

  private static OfCustomer row(Customer c) {
    return new OfCustomer(
        c.id().value(),
        c.version(),
        c.person().map(person -> Person.comparable(person.email())).orElse(null),
        RecordJson.write(Json.CUSTOMER, c.atVersion(c.version() + 1)));
  }

  private static @Nullable Long concerns(Payment p) {
    long flags = p.concerns().stream().mapToLong(Concern::flag).sum();
    return flags == 0 ? null : flags;
  }

  private static OfInbox row(InboxItem i) {
    return new OfInbox(
        i.gateway().value(),
        i.notice(),
        i.version(),
        Nanos.of(i.receivedAt()),
        Nanos.orNull(i.wakeAt().orElse(null)),
        RecordJson.write(Json.INBOX_ITEM, i.atVersion(i.version() + 1)));
  }

  private static List<OfProviderId> providerIds(List<Payment> payments, List<OfPayment> rows) {
    List<OfProviderId> all = new ArrayList<>();
    for (Payment payment : payments) {
      OfPayment row =
          rows.stream().filter(r -> r.id.equals(payment.id().value())).findFirst().orElseThrow();
      for (ProviderId id : payment.facts().providerIds()) {
        String gateway = payment.gateway().value();
        all.add(
            new OfProviderId(gateway, id.kind(), id.id(), row.id, row.foreign, row.isTakenIn()));
      }
    }
    Comparator<OfProviderId> order =
        Comparator.comparing(OfProviderId::gateway)
            .thenComparing(OfProviderId::kind)
            .thenComparing(OfProviderId::id);
    all.sort(order);
    return eachOnce(all);
  }

  /** Two payments of one commit with one id do to each other what those of two commits do. */
  private static List<OfProviderId> eachOnce(List<OfProviderId> sorted) {
    List<OfProviderId> once = new ArrayList<>();
    for (OfProviderId row : sorted) {
      OfProviderId before = once.isEmpty() ? row : once.get(once.size() - 1);
      if (!before.isSame(row) || once.isEmpty()) {
        once.add(row);
      } else if (row.isNew) {
        throw new StaleVersionException(row.payment);
      } else if (before.foreign && !row.foreign) {
        once.set(
            once.size() - 1,
            new OfProviderId(row.gateway, row.kind, row.id, row.payment, false, before.isNew));
      }
    }
    return once;
  }

  private static List<OfSubject> subjects(List<Commit.NewEvent> events) {
    Map<String, Long> counts = new TreeMap<>();
    events.forEach(added -> counts.merge(added.event().header().subject(), 1L, Long::sum));
    return counts.entrySet().stream().map(e -> new OfSubject(e.getKey(), e.getValue())).toList();
  }

  private static List<OfEvent> events(List<Commit.NewEvent> events, List<OfSubject> subjects) {
    List<String> names = subjects.stream().map(OfSubject::subject).toList();
    long[] places = new long[names.size()];
    List<OfEvent> rows = new ArrayList<>();
    for (Commit.NewEvent added : events) {
      LifecycleEvent event = added.event();
      int subject = names.indexOf(event.header().subject());
      rows.add(
          new OfEvent(
              event.header().id(),
              subject,
              ++places[subject],
              Nanos.of(event.header().at()),
              event.type(),
              RecordJson.write(Json.EVENT, event)));
    }
    return rows;
  }

  private static List<OfDelivery> deliveries(List<Commit.NewEvent> events) {
    List<OfDelivery> rows = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      for (String hook : new TreeSet<>(events.get(i).hooks())) {
        rows.add(new OfDelivery(hook, i));
      }
    }
    return rows;
  }

  private static List<Guard> guards(Commit commit) {
    if (commit.basedOn().isEmpty()) {
      return List.of();
    }
    Case known = commit.basedOn().get();
    List<Guard> guards = new ArrayList<>();
    for (Checkout c : known.checkout().stream().toList()) {
      Guard guard = new Guard(Kind.CHECKOUT, c.id().value(), c.version());
      add(guards, guard, commit.checkouts(), x -> x.id().value(), Checkout::version);
    }
    for (Membership m : known.membership().stream().toList()) {
      Guard guard = new Guard(Kind.MEMBERSHIP, m.id().value(), m.version());
      add(guards, guard, commit.memberships(), x -> x.id().value(), Membership::version);
    }
    for (Payment p : known.payments()) {
      Guard guard = new Guard(Kind.PAYMENT, p.id().value(), p.version());
      add(guards, guard, commit.payments(), x -> x.id().value(), Payment::version);
    }
    guards.sort(Comparator.comparing(Guard::kind).thenComparing(Guard::id));
    return guards;
  }

  /** What the commit changes under the same version needs no guard: the change looks, too. */
  private static <R> void add(
      List<Guard> guards,
      Guard guard,
      List<R> changed,
      Function<R, String> id,
      ToLongFunction<R> version) {
    Optional<R> same = changed.stream().filter(r -> id.apply(r).equals(guard.id)).findFirst();
    if (same.isEmpty()) {
      guards.add(guard);
    } else if (version.applyAsLong(same.get()) != guard.version) {
      throw new StaleVersionException(guard.id);
    }
  }
}
