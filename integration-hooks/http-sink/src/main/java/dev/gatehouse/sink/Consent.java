package dev.gatehouse.sink;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Purpose;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a customer agreed to, and refused, when something is to be told of the customer. Pure. */
public final class Consent {
  private Consent() {}

  /**
   * The visit that counts: that of the checkout which it is about, or else the last one; empty if
   * none is known. What the customer refused since, and did not agree to again, is refused in it;
   * what was refused in it stays refused.
   */
  public static Optional<Attribution> of(Customer customer, Optional<Checkout> checkout) {
    return checkout
        .flatMap(known -> customer.attribution(known.id()))
        .or(customer::lastAttribution)
        .map(visit -> heeded(visit, customer));
  }

  private static Attribution heeded(Attribution visit, Customer customer) {
    SortedSet<Purpose> denied = new TreeSet<>();
    for (Attributed known : customer.attributions()) {
      denied.removeAll(known.attribution().granted());
      denied.addAll(known.attribution().denied());
    }
    denied.addAll(visit.denied());
    SortedSet<Purpose> granted = new TreeSet<>(visit.granted());
    granted.removeAll(denied);
    return new Attribution(visit.clientId(), visit.sessionId(), granted, denied);
  }
}
