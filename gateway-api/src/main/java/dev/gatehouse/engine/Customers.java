package dev.gatehouse.engine;

import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.StoredMethod;
import dev.gatehouse.error.IdempotencyConflictException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Registers customers once, knows what is theirs, and forgets who they are. Thread-safe. */
final class Customers {
  private static final int MAX_ROUNDS = 50;

  private final Store store;
  private final Gateways gateways;
  private final Committer committer;
  private final Clock clock;

  Customers(Store store, Gateways gateways, Committer committer, Clock clock) {
    this.store = store;
    this.gateways = gateways;
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
    return change(store, id, Customer::erased, this::membershipsWithReasons);
  }

  /** What was said about why a membership ended is personal data outside of the customer. */
  private List<Membership> membershipsWithReasons(Customer member) {
    return store.memberships(member.id()).stream()
        .filter(membership -> membership.cancelReason().isPresent())
        .map(Membership::withoutReason)
        .toList();
  }

  Customer importMethod(ImportStoredMethod command) {
    gateways.gateway(command.gateway()).demandStores(command.method());
    StoredMethod method = new StoredMethod(command.gateway(), command.method().id());
    return change(store, command.customer(), customer -> customer.with(method));
  }

  /** Refuses a stored method that is not known to be the customer's; others are not looked at. */
  void demandTheirs(CustomerId id, GatewayInstanceId gateway, PaymentMethod method) {
    if (method instanceof PaymentMethod.Stored stored) {
      StoredMethod used = new StoredMethod(gateway, stored.id());
      if (!store.customer(id).filter(c -> c.storedMethods().contains(used)).isPresent()) {
        throw new InvalidInputException(
            new Problem(
                "method",
                "method.not-stored",
                "is not known to be stored for this customer at gateway '" + gateway + "'",
                "use one of the customer's stored methods, or import it first"));
      }
    }
  }

  /**
   * Keeps something about a customer for a hook; {@code false} if the customer was erased, of whom
   * nothing is kept.
   */
  static boolean keepMetadata(Store store, Optional<CustomerId> id, String key, String value) {
    CustomerId customer =
        id.orElseThrow(
            () ->
                new InvalidInputException(
                    new Problem(
                        "customer",
                        "metadata.no-customer",
                        "the event has no customer to keep it with",
                        "keep it elsewhere")));
    Customer kept = change(store, customer, c -> c.isErased() ? c : c.with(key, value));
    return !kept.isErased();
  }

  private static Customer change(Store store, CustomerId id, UnaryOperator<Customer> change) {
    return change(store, id, change, customer -> List.of());
  }

  private static Customer change(
      Store store,
      CustomerId id,
      UnaryOperator<Customer> change,
      Function<Customer, List<Membership>> also) {
    for (int round = 1; ; round++) {
      Customer known =
          store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
      Customer changed = change.apply(known);
      List<Membership> memberships = also.apply(known);
      if (changed.equals(known) && memberships.isEmpty()) {
        return known;
      }
      Commit.Builder commit = Commit.builder().save(changed);
      memberships.forEach(commit::save);
      try {
        store.commit(commit.build());
        return changed.atVersion(known.version() + 1);
      } catch (StaleVersionException e) {
        if (round == MAX_ROUNDS) {
          throw e;
        }
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
