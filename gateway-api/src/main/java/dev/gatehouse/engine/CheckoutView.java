package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.store.Case;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** What the customer must do now; nothing once the checkout is over. */
  public Optional<CustomerAction> action() {
    return payments.stream()
        .filter(payment -> !checkout.state().isTerminal())
        .flatMap(payment -> payment.action().stream())
        .reduce((earlier, later) -> later);
  }

  /**
   * Why the last payment failed, if it did; the same as in {@code PaymentFailed}. If the provider
   * refused the request itself, this is {@code PROCESSING_ERROR} with the provider's code and
   * words, and {@link #failure()} says what kind of refusal it was.
   */
  public Optional<Decline> decline() {
    return lastPayment().flatMap(Payment::decline);
  }

  /**
   * What went wrong with the last call about the last payment that did not do what was asked: its
   * category, a code, and words for people, not for customers. Such calls may still be repeated or
   * looked up. Empty when nothing is wrong.
   */
  public Optional<Failure> failure() {
    return lastPayment().flatMap(Payment::failure);
  }

  /** Ids, states and the total, on one line; nothing of the customer. */
  @Override
  public String toString() {
    String tried =
        payments.stream().map(p -> p.id() + " " + p.state()).collect(Collectors.joining(", "));
    String member = membership.map(m -> ", " + m.id() + " " + m.state()).orElse("");
    return "CheckoutView["
        + id()
        + " "
        + state()
        + ", "
        + checkout.total()
        + ", payments ["
        + tried
        + "]"
        + member
        + "]";
  }
}
