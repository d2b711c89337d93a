package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import java.util.List;
import java.util.Optional;

/**
 * A checkout with its payments and its membership, as they were at one moment.
 *
 * @param checkout the checkout
 * @param payments its payments, oldest first
 * @param membership the membership that it brings, if it is for a plan
 */
public record CheckoutView(
    Checkout checkout, List<Payment> payments, Optional<Membership> membership) {

  static CheckoutView of(Case known) {
    return new CheckoutView(known.checkout().orElseThrow(), known.payments(), known.membership());
  }

  /** The checkout's id. */
  public CheckoutId id() {
    return checkout.id();
  }

  /** Where the checkout stands. */
  public CheckoutState state() {
    return checkout.state();
  }

  /** Whether it is paid, or free and done. */
  public boolean isCompleted() {
    return checkout.state() == CheckoutState.COMPLETED;
  }

  /** The last payment tried. */
  public Optional<Payment> lastPayment() {
    return payments.isEmpty() ? Optional.empty() : Optional.of(payments.get(payments.size() - 1));
  }

  /** What the customer must do now. */
  public Optional<CustomerAction> action() {
    return payments.stream()
        .flatMap(payment -> payment.action().stream())
        .reduce((earlier, later) -> later);
  }

  /** Why the last payment failed, if it did. */
  public Optional<Decline> decline() {
    return lastPayment().flatMap(Payment::decline);
  }
}
