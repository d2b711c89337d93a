package dev.gatehouse.engine;

import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Store;
import java.util.Optional;

/**
 * What of an {@link Engine} needs no gateway, on a store within a transaction of the application's
 * own. The decisions are the same code's. For one thread at a time.
 */
public final class JoinedEngine {
  private final Store store;
  private final Customers customers;
  private final Checkouts checkouts;

  JoinedEngine(Store store, Customers customers, Checkouts checkouts) {
    this.store = store;
    this.customers = customers;
    this.checkouts = checkouts;
  }

  /** Registers a customer, once. */
  public Customer register(RegisterCustomer command) {
    return customers.register(command);
  }

  /** Starts a checkout, once per key. */
  public CheckoutView start(StartCheckout command) {
    return checkouts.start(command);
  }

  /** Completes a checkout that costs nothing. */
  public CheckoutView completeFree(CheckoutId id) {
    return checkouts.completeFree(id);
  }

  /** Calls a checkout off that nobody has tried to pay yet. */
  public CheckoutView cancel(CheckoutId id) {
    return checkouts.cancel(id);
  }

  /** A customer as the transaction sees it. */
  public Customer customer(CustomerId id) {
    return store.customer(id).orElseThrow(() -> Committer.notFound("customer", id.value()));
  }

  /** A checkout as the transaction sees it. */
  public CheckoutView checkout(CheckoutId id) {
    return checkouts.view(id);
  }

  /** Changes to checkouts without payments: from those, no call to a gateway follows. */
  static Checkouts.Changes withoutCalls(Committer committer) {
    return new Checkouts.Changes() {
      @Override
      public void change(CheckoutId id, Committer.Change change) {
        committer.change(
            id,
            known -> {
              demandNoPayments(known);
              return change.apply(known);
            });
      }

      @Override
      public void create(Case fresh, Optional<Customer> attributed) {
        committer.create(fresh, attributed);
      }
    };
  }

  private static void demandNoPayments(Case known) {
    if (!known.payments().isEmpty()) {
      throw new InvalidStateException(
          new Problem(
              "checkout",
              "transaction.gateway-call",
              "has payments, for which a gateway may have to be called; no transaction can take"
                  + " that back",
              "call it after the commit, outside of the transaction"));
    }
  }
}
