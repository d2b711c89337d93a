package dev.gatehouse.operations;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.PaymentSearch;
import dev.gatehouse.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts events, our calls and what people did in one order. Thread-safe. */
final class Timelines {
  private static final int MANY = 1_000;

  private final Store store;

  Timelines(Store store) {
    this.store = store;
  }

  /** Everything that happened to a customer and to all of its payments. */
  List<Moment> of(CustomerId customer) {
    List<Moment> moments = new ArrayList<>();
    store.timeline(customer.value()).forEach(event -> moments.add(moment(event)));
    Set<String> subjects = new LinkedHashSet<>(List.of(customer.value()));
    for (Payment payment : all(new PaymentSearch.OfCustomer(customer))) {
      moments.addAll(calls(payment));
      subjects.add(payment.id().value());
    }
    subjects.forEach(subject -> moments.addAll(people(subject)));
    return inOrder(moments);
  }

  /** Everything that happened to one payment. */
  List<Moment> of(Payment payment) {
    List<Moment> moments = new ArrayList<>();
    events(payment).forEach(event -> moments.add(moment(event)));
    moments.addAll(calls(payment));
    moments.addAll(people(payment.id().value()));
    return inOrder(moments);
  }

  /** The events of a payment: its own, and of its customer's those about it. */
  List<LifecycleEvent> events(Payment payment) {
    String subject = payment.customer().map(CustomerId::value).orElse(payment.id().value());
    return about(payment, store.timeline(subject));
  }

  /** An event's id begins with the id of what it is about. */
  static List<LifecycleEvent> about(Payment payment, List<LifecycleEvent> events) {
    return events.stream()
        .filter(event -> event.header().id().startsWith(payment.id().value() + "/"))
        .toList();
  }

  private List<Payment> all(PaymentSearch search) {
    List<Payment> found = new ArrayList<>();
    Optional<PaymentId> after = Optional.empty();
    List<Payment> page;
    do {
      page = store.payments(search, after, MANY);
      found.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).id());
    } while (page.size() == MANY);
    return found;
  }

  private static Moment moment(LifecycleEvent event) {
    String id = event.header().id();
    String about = id.contains("/") ? id.substring(0, id.indexOf('/')) : id;
    return new Moment(event.header().at(), Moment.Source.EVENT, about, EventWords.of(event));
  }

  private static List<Moment> calls(Payment payment) {
    List<Moment> moments = new ArrayList<>();
    for (Operation operation : payment.operations()) {
      String what = "asked " + payment.gateway() + " for " + Doubts.asked(operation);
      moments.add(
          new Moment(operation.createdAt(), Moment.Source.CALL, payment.id().value(), what));
      if (operation.sends() > 1) {
        String again =
            "sent " + operation.key() + " the " + operation.sends() + ". time" + failed(operation);
        moments.add(
            new Moment(operation.lastSentAt(), Moment.Source.CALL, payment.id().value(), again));
      }
    }
    return moments;
  }

  private static String failed(Operation operation) {
    return operation.failure().map(Failure::message).map(": "::concat).orElse("");
  }

  private List<Moment> people(String subject) {
    return store.actions(Optional.of(subject), Optional.empty(), MANY).stream()
        .map(Timelines::moment)
        .toList();
  }

  private static Moment moment(Action action) {
    String detail = action.detail().isEmpty() ? "" : " " + action.detail();
    String outcome = action.outcome().orElse("its end is not known");
    return new Moment(
        action.at(),
        Moment.Source.PERSON,
        action.subject(),
        "%s: %s%s, because %s (%s)"
            .formatted(action.actor(), action.what(), detail, action.reason(), outcome));
  }

  private static List<Moment> inOrder(List<Moment> moments) {
    return moments.stream()
        .sorted(Comparator.comparing(Moment::at).thenComparing(Moment::source))
        .toList();
  }
}
