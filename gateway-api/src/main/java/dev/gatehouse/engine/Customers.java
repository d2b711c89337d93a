package dev.gatehouse.engine;

import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Registers customers once, and forgets who they are. Thread-safe. */
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
    Customer customer =
        new Customer(command.customer(), 0, Optional.of(command.person()), new TreeMap<>(), now);
    EventHeader header =
        new EventHeader(
            customer.id().value() + "/created",
            now,
            customer.id().value(),
            Optional.of(customer.id()),
            Optional.empty());
    LifecycleEvent created = new CustomerCreated(header, customer.id());
    try {
      store.commit(
          Commit.builder().save(customer).raise(created, committer.hooksFor(created)).build());
    } catch (StaleVersionException e) {
      return sameCustomer(store.customer(command.customer()).orElseThrow(), command);
    }
    return customer.atVersion(1);
  }

  Customer erase(CustomerId id) {
    while (true) {
      Customer customer =
          store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
      try {
        store.commit(Commit.builder().save(customer.erased()).build());
        return customer.erased().atVersion(customer.version() + 1);
      } catch (StaleVersionException e) {
        continue;
      }
    }
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
