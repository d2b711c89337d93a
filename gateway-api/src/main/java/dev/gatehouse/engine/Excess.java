package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;

/** Money that should not be with us: more than a checkout was for, or after it was over. Pure. */
final class Excess {
  private Excess() {}

  /**
   * What a payment took beyond what its checkout was for, once that is decided. What the bank took
   * back is not with us; nor is, of a payment that pays nothing, what was refunded.
   */
  static Optional<Money> beyond(Case known, Payment payment) {
    if (known.checkout().isEmpty() || !known.checkout().get().state().isTerminal()) {
      return Optional.empty();
    }
    Checkout checkout = known.checkout().get();
    Totals totals = payment.totals(checkout.total().getCurrencyUnit());
    boolean paysIt = checkout.paidBy().filter(payment.id()::equals).isPresent();
    Money due = paysIt ? checkout.total() : totals.refunded();
    Money beyond = totals.captured().minus(totals.uncaptured()).minus(due);
    return Optional.of(beyond).filter(Money::isPositive);
  }

  /** What a payment ever took, in the checkout's currency. */
  static Money captured(Checkout checkout, Payment payment) {
    return payment.totals(checkout.total().getCurrencyUnit()).captured();
  }

  /** Whether the excess is late money rather than too much of it. */
  static boolean isLate(Case known) {
    return known.checkout().filter(c -> c.state() != CheckoutState.COMPLETED).isPresent();
  }

  /** What the excess amounts to; if more was taken since, that is told again. */
  static SortedMap<String, LifecycleEvent> events(Case known, Payment payment, Instant now) {
    SortedMap<String, LifecycleEvent> events = new TreeMap<>();
    Optional<Money> beyond = beyond(known, payment);
    if (beyond.isPresent() && payment.checkout().isPresent()) {
      boolean late = isLate(known);
      Money captured = captured(known.checkout().orElseThrow(), payment);
      String key = (late ? "late-money:" : "overpaid:") + captured.getAmountMinor();
      EventHeader header = PaymentEvents.header(payment, key, now);
      CheckoutId checkout = payment.checkout().get();
      events.put(
          key,
          late
              ? new LateMoney(header, payment.id(), checkout, beyond.get())
              : new Overpaid(header, payment.id(), checkout, beyond.get()));
    }
    return events;
  }
}
