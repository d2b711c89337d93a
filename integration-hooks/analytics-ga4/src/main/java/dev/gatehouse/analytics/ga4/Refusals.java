package dev.gatehouse.analytics.ga4;

import dev.gatehouse.customer.Attributed;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Purpose;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a customer refused counts for visits in which it was agreed to before. Pure. */
final class Refusals {
  private Refusals() {}

  /** A visit, without what the customer last refused; what was refused in it stays refused. */
  static Attribution heeded(Attribution visit, Customer customer) {
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
