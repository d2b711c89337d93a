package dev.gatehouse;

import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.JoinedEngine;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;

/**
 * What can be done within a transaction of the application's own: it is kept if the application
 * commits, together with what the application wrote, or not at all. Hooks hear of it after the
 * commit.
 *
 * <p>What calls a gateway is not here: paying, capturing, releasing, refunding. No transaction can
 * take back what a provider did. Commit first, then call those on the {@link Gatehouse}; before the
 * commit it does not know the checkout.
 *
 * <p>A command that is refused, with any exception but the store's own failure, leaves the
 * transaction as it was. The same key used in two transactions at once makes the second one wait
 * for the first. Like the connection, for one thread at a time, and for one transaction.
 */
public final class JoinedGatehouse {
  private final JoinedEngine engine;
  private final Language language;

  JoinedGatehouse(JoinedEngine engine, Language language) {
    this.engine = engine;
    this.language = language;
  }

  /** Registers a customer; registering the same customer again does nothing. */
  public Customer register(RegisterCustomer command) {
    language.checked(command);
    return language.during(() -> engine.register(command));
  }

  /** Starts a checkout, once per key. */
  public CheckoutView startCheckout(StartCheckout command) {
    language.checked(command);
    return language.during(() -> engine.start(command));
  }

  /** Completes a checkout whose lines sum up to zero. */
  public CheckoutView completeFree(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.completeFree(checkout));
  }

  /**
   * Calls a checkout off that nobody has tried to pay yet.
   *
   * @throws dev.gatehouse.error.InvalidStateException if there is a payment: call it off with
   *     {@link Gatehouse#cancelCheckout} after the commit, since a gateway may have to be called
   */
  public CheckoutView cancelCheckout(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.cancel(checkout));
  }

  /** A customer as the transaction sees it. */
  public Customer customer(CustomerId customer) {
    language.required("customer", customer);
    return language.during(() -> engine.customer(customer));
  }

  /** A checkout as the transaction sees it. */
  public CheckoutView checkout(CheckoutId checkout) {
    language.required("checkout", checkout);
    return language.during(() -> engine.checkout(checkout));
  }
}
