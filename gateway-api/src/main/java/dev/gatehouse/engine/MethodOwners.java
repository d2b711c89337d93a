package dev.gatehouse.engine;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.event.PaymentMethodRemoved;
import dev.gatehouse.event.PaymentMethodStored;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What customers own after a decision. What a payment stored is its customer's from that commit on,
 * and what its provider removed is not. A payment that is not what we asked for may show somebody
 * else's method, and a customer who was erased owns nothing. Used for one decision.
 */
final class MethodOwners {
  private final Store store;
  private final Instant now;
  private final Map<CustomerId, Customer> loaded = new TreeMap<>();
  private final Map<CustomerId, Customer> changed = new TreeMap<>();
  private final List<LifecycleEvent> events = new ArrayList<>();
  private final List<Orphan> orphans = new ArrayList<>();

  /** A method that was stored for a customer who is erased. */
  record Orphan(CustomerId customer, StoredMethod method, Payment payment) {}

  MethodOwners(Store store, Case before, Decision decision, Instant now) {
    this.store = store;
    this.now = now;
    events.addAll(decision.events());
    for (LifecycleEvent event : decision.events()) {
      if (event instanceof PaymentMethodStored stored) {
        decision.result().payment(stored.payment()).ifPresent(p -> keep(p, stored.method()));
      }
    }
    for (Payment payment : decision.result().payments()) {
      boolean same =
          before
              .payment(payment.id())
              .filter(b -> b.facts().credentials().equals(payment.facts().credentials()))
              .isPresent();
      if (!same) {
        payment.facts().credentials().forEach((id, seen) -> refresh(payment, id, seen));
      }
    }
  }

  /** The customers whose methods changed. */
  Collection<Customer> changed() {
    return changed.values();
  }

  /** The events of the decision, and those of what customers lost. */
  List<LifecycleEvent> events() {
    return events;
  }

  /** What was stored for customers who are erased. */
  List<Orphan> orphans() {
    return orphans;
  }

  private void keep(Payment payment, String id) {
    Customer owner = payment.customer().flatMap(this::customer).orElse(null);
    if (owner == null || !isClean(payment)) {
      return;
    }
    StoredMethod method = methodOf(payment, id);
    if (owner.isErased()) {
      orphans.add(new Orphan(owner.id(), method, payment));
    } else if (owner.storedMethod(method.gateway(), id).isEmpty()) {
      change(owner.with(method));
    }
  }

  private static StoredMethod methodOf(Payment payment, String id) {
    Credential seen = payment.facts().credentials().getOrDefault(id, Credential.stored());
    return new StoredMethod(
        payment.gateway(),
        id,
        payment.terms().map(terms -> terms.method().type()),
        seen.details(),
        seen.owner().value(),
        seen.account().value(),
        payment.terms().flatMap(ChargeTerms::agreement));
  }

  /**
   * What is known of a method may be learnt, or change, later. A removal that we asked for took the
   * method from its owner when it began; any other does now.
   */
  private void refresh(Payment payment, String id, Credential seen) {
    Customer owner = payment.customer().flatMap(this::customer).orElse(null);
    StoredMethod known =
        owner == null ? null : owner.storedMethod(payment.gateway(), id).orElse(null);
    if (owner == null || known == null || !isClean(payment)) {
      return;
    }
    if (seen.isRemoved()) {
      change(owner.without(known));
      EventHeader header = PaymentEvents.header(payment, "removed:" + id, now);
      events.add(new PaymentMethodRemoved(header, payment.id(), payment.gateway(), id));
      return;
    }
    StoredMethod learnt =
        new StoredMethod(
            known.gateway(),
            id,
            known.type(),
            known.details().join(seen.details()),
            seen.owner().value().or(known::owner),
            seen.account().value().or(known::account),
            known.agreement());
    if (!learnt.equals(known)) {
      change(owner.with(learnt));
    }
  }

  private Optional<Customer> customer(CustomerId id) {
    if (!loaded.containsKey(id)) {
      store.customer(id).ifPresent(customer -> loaded.put(id, customer));
    }
    return Optional.ofNullable(loaded.get(id));
  }

  private void change(Customer owner) {
    loaded.put(owner.id(), owner);
    changed.put(owner.id(), owner);
  }

  private static boolean isClean(Payment payment) {
    return payment.mismatches().isEmpty() && payment.conflicts().isEmpty();
  }
}
