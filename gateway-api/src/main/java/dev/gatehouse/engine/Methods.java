package dev.gatehouse.engine;

import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.GatewayHandle;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Stores payment methods without a charge, and removes them. Thread-safe. */
final class Methods {
  private final Store store;
  private final Customers customers;
  private final Gateways gateways;
  private final Committer committer;
  private final Caller caller;
  private final Clock clock;

  Methods(
      Store store,
      Customers customers,
      Gateways gateways,
      Committer committer,
      Caller caller,
      Clock clock) {
    this.store = store;
    this.customers = customers;
    this.gateways = gateways;
    this.committer = committer;
    this.caller = caller;
    this.clock = clock;
  }

  /** Stores a method, once per key of a customer; says under which id that is kept. */
  PaymentId setUp(StoreMethod command) {
    GatewayHandle gateway = gateways.gateway(command.gateway());
    PaymentId id = ForeignIds.made("set_", command.customer().value(), command.key());
    ChargeTerms terms =
        ChargeTerms.setUp(command.method(), command.agreement(), command.returnUrl());
    if (isKnown(id, command, terms)) {
      return id;
    }
    demandPresent(command.customer());
    gateway.demandCanSetUp(
        Caller.setUpRequest(id.value(), id.value() + ".set_up.1", terms, CustomerDetails.none()));
    Payment begun =
        Payment.begun(
                id,
                gateway.id(),
                gateway.mode(),
                Optional.empty(),
                command.customer(),
                terms,
                clock.instant())
            .beginning(Intent.setUp(command.key()), clock.instant());
    try {
      caller.create(
          new Case(Optional.empty(), List.of(begun), Optional.empty()),
          List.of(),
          Optional.empty());
    } catch (StaleVersionException e) {
      if (!isKnown(id, command, terms)) {
        throw e;
      }
    }
    return id;
  }

  private boolean isKnown(PaymentId id, StoreMethod command, ChargeTerms terms) {
    Optional<Payment> known = store.payment(id);
    boolean same =
        known
            .filter(
                p -> p.gateway().equals(command.gateway()) && p.terms().equals(Optional.of(terms)))
            .isPresent();
    if (known.isPresent() && !same) {
      throw Refusals.otherContent();
    }
    return same;
  }

  private void demandPresent(CustomerId id) {
    Customer customer =
        store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
    if (customer.isErased()) {
      throw new InvalidStateException(
          new Problem(
              "customer",
              "customer.erased",
              "was erased; nothing is kept of it any more",
              "register the person as a new customer under another id"));
    }
  }

  /** Takes the application's word that a stored method is a customer's. */
  Customer importMethod(ImportStoredMethod command) {
    gateways.gateway(command.gateway()).demandStores(command.method());
    StoredMethod method =
        new StoredMethod(
            command.gateway(),
            command.method().id(),
            Optional.of(command.method().type()),
            command.details(),
            command.owner(),
            Optional.empty(),
            Optional.empty());
    return change(
        command.customer(),
        customer ->
            customer.storedMethod(method.gateway(), method.method()).isPresent()
                ? customer
                : customer.with(method));
  }

  /** Takes a method from its customer, and asks the provider to store it no more. */
  Customer remove(RemoveStoredMethod command) {
    return change(
        command.customer(),
        customer ->
            customer
                .storedMethod(command.gateway(), command.method())
                .map(method -> without(customer, method))
                .orElse(customer));
  }

  private Customer without(Customer customer, StoredMethod method) {
    GatewayHandle gateway = gateways.gateway(method.gateway());
    if (!Removals.canBeAsked(gateways, method)) {
      gateway.demand(Capability.METHOD_REMOVAL, method.type().orElse(""));
    }
    return customer.without(method);
  }

  /**
   * Forgets who a customer is, and what was said about why a membership ended. Hooks are told, and
   * may find what they kept until they were. Erased again, the customer waits for no hook that is
   * not here any more.
   */
  Customer erase(CustomerId id) {
    LifecycleEvent erased = customers.erased(id);
    Set<String> hooks = committer.hooksFor(erased);
    return change(
        id,
        customer -> customer.erased(hooks),
        (customer, commit) -> {
          withReasons(id).forEach(commit::save);
          if (!customer.isErased()) {
            commit.raise(erased, hooks);
          }
        });
  }

  private Customer change(CustomerId id, UnaryOperator<Customer> change) {
    return change(id, change, (customer, commit) -> {});
  }

  /**
   * Changes a customer. What it does not own afterwards is to be removed at its provider, as far as
   * that can be asked: the intent is in the same commit.
   */
  private Customer change(
      CustomerId id, UnaryOperator<Customer> change, BiConsumer<Customer, Commit.Builder> also) {
    return Committer.repeated(
        () -> {
          Customer known =
              store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
          Customer changed = change.apply(known);
          Commit.Builder commit = Commit.builder();
          also.accept(known, commit);
          if (changed.equals(known) && commit.build().isEmpty()) {
            return known;
          }
          commit.save(changed);
          List<Send> sends = beginRemovals(known, changed, commit);
          store.commit(commit.build());
          caller.make(sends);
          return changed.atVersion(known.version() + 1);
        });
  }

  /** What was said about why a membership ended is personal data outside of the customer. */
  private List<Membership> withReasons(CustomerId id) {
    return store.memberships(id).stream()
        .filter(membership -> membership.cancelReason().isPresent())
        .map(Membership::withoutReason)
        .toList();
  }

  private List<Send> beginRemovals(Customer before, Customer after, Commit.Builder commit) {
    List<Send> sends = new ArrayList<>();
    for (StoredMethod method : before.storedMethods()) {
      boolean gone = after.storedMethod(method.gateway(), method.method()).isEmpty();
      if (gone && Removals.canBeAsked(gateways, method)) {
        String because = String.valueOf(before.version());
        Case removal = Removals.begun(gateways, before.id(), method, because, clock.instant());
        sends.addAll(committer.add(removal, commit));
      }
    }
    return sends;
  }
}
