package dev.gatehouse.engine;

import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Registers customers once, and knows what is theirs. Thread-safe. */
final class Customers {
  private final Store store;
  private final Committer committer;
  private final Clock clock;

  Customers(Store store, Committer committer, Clock clock) {
    this.store = store;
    this.committer = committer;
    this.clock = clock;
  }

  Customer register(RegisterCustomer command) {
    Optional<Customer> known = store.customer(command.customer());
    if (known.isPresent()) {
      return sameCustomer(known.get(), command);
    }
    Instant now = clock.instant();
    Customer customer = Customer.registered(command.customer(), command.person(), now);
    LifecycleEvent created = new CustomerCreated(header(customer.id(), "created"), customer.id());
    try {
      store.commit(
          Commit.builder().save(customer).raise(created, committer.hooksFor(created)).build());
    } catch (StaleVersionException e) {
      return sameCustomer(store.customer(command.customer()).orElseThrow(), command);
    }
    return customer.atVersion(1);
  }

  /** A hook took an event. If it was an erasure, what it kept goes, once all were told. */
  static void told(Store store, LifecycleEvent event, String hook) {
    if (event instanceof CustomerErased erased) {
      forgottenBy(store, erased.customer(), hook);
    }
  }

  private static void forgottenBy(Store store, CustomerId id, String hook) {
    if (store.customer(id).filter(c -> c.forgetting().contains(hook)).isPresent()) {
      change(store, id, customer -> customer.forgottenBy(hook));
    }
  }

  /** What tells of an erasure. */
  LifecycleEvent erased(CustomerId id) {
    return new CustomerErased(header(id, "erased"), id);
  }

  private EventHeader header(CustomerId id, String key) {
    return new EventHeader(
        id.value() + "/" + key, clock.instant(), id.value(), Optional.of(id), Optional.empty());
  }

  /** Refuses a stored method that is not known to be the customer's; others are not looked at. */
  void demandTheirs(CustomerId id, GatewayInstanceId gateway, PaymentMethod method) {
    if (method instanceof PaymentMethod.Stored && stored(id, gateway, method).isEmpty()) {
      throw new InvalidInputException(
          new Problem(
              "method",
              "method.not-stored",
              "is not known to be stored for this customer at gateway '" + gateway + "'",
              "use one of the customer's stored methods, or import it first"));
    }
  }

  /** What is known of a stored method of a customer; empty for any other. */
  Optional<StoredMethod> stored(CustomerId id, GatewayInstanceId gateway, PaymentMethod method) {
    return method instanceof PaymentMethod.Stored stored
        ? store.customer(id).flatMap(customer -> customer.storedMethod(gateway, stored.id()))
        : Optional.empty();
  }

  /**
   * Keeps something about a customer for a hook; {@code false} if the customer was erased and every
   * hook was told.
   */
  static boolean keepMetadata(
      Store store, Optional<CustomerId> id, UnaryOperator<Customer> change) {
    CustomerId customer =
        id.orElseThrow(
            () ->
                new InvalidInputException(
                    new Problem(
                        "customer",
                        "metadata.no-customer",
                        "the event has no customer to keep it with",
                        "keep it elsewhere")));
    Customer kept = change(store, customer, c -> c.keepsMetadata() ? change.apply(c) : c);
    return kept.keepsMetadata();
  }

  private static Customer change(Store store, CustomerId id, UnaryOperator<Customer> change) {
    return Committer.repeated(
        () -> {
          Customer known =
              store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
          Customer changed = change.apply(known);
          if (changed.equals(known)) {
            return known;
          }
          store.commit(Commit.builder().save(changed).build());
          return changed.atVersion(known.version() + 1);
        });
  }

  private static Customer sameCustomer(Customer known, RegisterCustomer command) {
    if (!known.person().filter(command.person()::equals).isPresent()) {
      throw new IdempotencyConflictException(
          new Problem(
              "customer",
              "customer.exists",
              "is registered already, with other data",
              "use another id for another customer"));
    }
    return known;
  }
}
