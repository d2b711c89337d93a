package dev.gatehouse.store;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that one decision looks at: a checkout with all of its payments and its membership, or
 * a payment that belongs to no checkout. Immutable.
 *
 * @param checkout the checkout, if there is one
 * @param payments its payments, oldest first
 * @param membership the membership that it brings, if it brings one
 */
public record Case(
    Optional<Checkout> checkout, List<Payment> payments, Optional<Membership> membership) {

  /** Copies the list. */
  public Case {
    payments = List.copyOf(payments);
  }

  /** The payment with an id. */
  public Optional<Payment> payment(PaymentId id) {
    return payments.stream().filter(payment -> payment.id().equals(id)).findFirst();
  }

  /** This, with a payment replaced by its id, or added. */
  public Case with(Payment changed) {
    if (payment(changed.id()).isEmpty()) {
      return new Case(
          checkout, Stream.concat(payments.stream(), Stream.of(changed)).toList(), membership);
    }
    List<Payment> replaced =
        payments.stream().map(p -> p.id().equals(changed.id()) ? changed : p).toList();
    return new Case(checkout, replaced, membership);
  }

  /** This, with the checkout changed. */
  public Case with(Checkout changed) {
    return new Case(Optional.of(changed), payments, membership);
  }

  /** This, with the membership changed. */
  public Case with(Membership changed) {
    return new Case(checkout, payments, Optional.of(changed));
  }
}
