package dev.gatehouse.store;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    int index = indexOf(id);
    return index < 0 ? Optional.empty() : Optional.of(payments.get(index));
  }

  private int indexOf(PaymentId id) {
    for (int i = 0; i < payments.size(); i++) {
      if (payments.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** This, with a payment replaced by its id, or added. */
  public Case with(Payment changed) {
    int index = indexOf(changed.id());
    if (index >= 0 && payments.get(index) == changed) {
      return this;
    }
    List<Payment> all = new ArrayList<>(payments);
    if (index < 0) {
      all.add(changed);
    } else {
      all.set(index, changed);
    }
    return new Case(checkout, all, membership);
  }

  /** This, with the checkout changed. */
  public Case with(Checkout changed) {
    boolean same = checkout.isPresent() && checkout.get() == changed;
    return same ? this : new Case(Optional.of(changed), payments, membership);
  }

  /** This, with the membership changed. */
  public Case with(Membership changed) {
    return new Case(checkout, payments, Optional.of(changed));
  }
}
