package dev.gatehouse.operations;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.store.PaymentSearch;
import dev.gatehouse.store.Store;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds payments by what an operator knows, and says whether they charged. Thread-safe. */
final class Finder {
  /** So many with one address are looked at; that there are more is said. */
  private static final int CUSTOMERS = 100;

  private static final Comparator<Payment> NEWEST_FIRST =
      Comparator.comparing(Payment::createdAt).thenComparing(Payment::id).reversed();

  private final Store store;
  private final Verdicts verdicts;
  private final Timelines timelines;

  Finder(Store store, Verdicts verdicts, Timelines timelines) {
    this.store = store;
    this.verdicts = verdicts;
    this.timelines = timelines;
  }

  Verdict verdict(Payment payment) {
    return verdicts.of(payment, timelines.events(payment), Optional.empty());
  }

  /** The verdict on a payment whose provider was asked right before, and answered this. */
  Verdict verdict(Payment payment, Lookup justNow) {
    return verdicts.of(payment, timelines.events(payment), Optional.of(justNow));
  }

  Answer find(Search search, Page<PaymentId> page) {
    page.after().ifPresent(this::demandKnown);
    List<CustomerId> known =
        search instanceof Search.ByEmail by
            ? store.customers(by.email(), Optional.empty(), CUSTOMERS + 1).stream()
                .map(Customer::id)
                .toList()
            : List.of();
    boolean cut = known.size() > CUSTOMERS;
    List<CustomerId> customers = cut ? known.subList(0, CUSTOMERS) : known;
    List<Payment> found =
        searches(search, customers)
            .flatMap(s -> store.payments(s, page.after(), page.limit() + 1).stream())
            .sorted(NEWEST_FIRST)
            .toList();
    boolean more = found.size() > page.limit();
    List<Payment> shown = more ? found.subList(0, page.limit()) : found;
    return new Answer(
        customers,
        cut,
        verdicts(shown),
        more ? Optional.of(shown.get(shown.size() - 1).id()) : Optional.empty());
  }

  private void demandKnown(PaymentId after) {
    if (store.payment(after).isEmpty()) {
      throw new NotFoundException(
          new Problem(
              "after",
              "page.after",
              "is no payment, so nothing comes behind it",
              "use the id that the page before ended with"));
    }
  }

  private static Stream<PaymentSearch> searches(Search search, List<CustomerId> customers) {
    if (search instanceof Search.ByReference by) {
      return Stream.of(new PaymentSearch.OfReference(by.reference()));
    }
    if (search instanceof Search.ByAmount by) {
      return Stream.of(new PaymentSearch.OfAmount(by.amount(), by.from(), by.to()));
    }
    return customers.stream().map(PaymentSearch.OfCustomer::new);
  }

  /** Payments of one customer share a timeline, which is read once. */
  private List<Verdict> verdicts(List<Payment> payments) {
    Map<String, List<LifecycleEvent>> read = new HashMap<>();
    return payments.stream()
        .map(
            payment -> {
              String subject =
                  payment.customer().map(CustomerId::value).orElse(payment.id().value());
              List<LifecycleEvent> events = read.computeIfAbsent(subject, store::timeline);
              return verdicts.of(payment, Timelines.about(payment, events), Optional.empty());
            })
        .toList();
  }
}
