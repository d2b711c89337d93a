package dev.gatehouse.payment;

import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Totals;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the terms, the facts and the operations of a payment: each is worked out when
 * it is first asked for, since one decision asks for some of it dozens of times.
 *
 * <p>Thread-safe without a lock: those who ask at the same time may each work it out, and get the
 * same. What is kept here must be immutable, with final fields, but for the views of itself that a
 * map of the JDK keeps.
 */
final class Derived {
  private @Nullable PaymentFacts ledger;
  private @Nullable Effects effects;
  private @Nullable Totals totals;
  private @Nullable PaymentState state;
  private @Nullable Map<Mismatch, Conflict> mismatches;
  private @Nullable List<Conflict> conflicts;
  private @Nullable Boolean paid;

  PaymentFacts ledger(Payment payment) {
    PaymentFacts known = ledger;
    if (known == null) {
      known = Ledger.of(payment);
      ledger = known;
    }
    return known;
  }

  Effects effects(Payment payment) {
    Effects known = effects;
    if (known == null) {
      known = Effects.in(payment.facts());
      effects = known;
    }
    return known;
  }

  /** Those of one currency are kept; hardly ever is another asked for. */
  Totals totals(Payment payment, CurrencyUnit in) {
    Totals known = totals;
    if (known == null || !known.captured().getCurrencyUnit().equals(in)) {
      known = Totals.of(ledger(payment), in);
      totals = known;
    }
    return known;
  }

  PaymentState state(Payment payment) {
    PaymentState known = state;
    if (known == null) {
      known = StateOf.payment(payment);
      state = known;
    }
    return known;
  }

  Map<Mismatch, Conflict> mismatches(Payment payment) {
    Map<Mismatch, Conflict> known = mismatches;
    if (known == null) {
      known = Collections.unmodifiableMap(Mismatch.in(payment));
      mismatches = known;
    }
    return known;
  }

  List<Conflict> conflicts(Payment payment) {
    List<Conflict> known = conflicts;
    if (known == null) {
      known = List.copyOf(Conflict.in(payment.facts()));
      conflicts = known;
    }
    return known;
  }

  boolean isPaid(Payment payment) {
    Boolean known = paid;
    if (known == null) {
      known = Paid.is(payment);
      paid = known;
    }
    return known;
  }
}
