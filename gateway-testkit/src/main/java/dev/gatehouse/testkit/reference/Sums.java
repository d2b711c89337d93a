package dev.gatehouse.testkit.reference;

import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.Refund;
import dev.gatehouse.testkit.reference.Entries.RefundStatus;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.joda.money.Money;

/** Sums over one charge, which has one currency. */
final class Sums {
  private Sums() {}

  static Money captured(Charge charge) {
    return sum(charge, charge.captures.stream().map(Entries.Capture::amount));
  }

  /** What is refunded or about to be. */
  static Money refunding(Charge charge) {
    return refunds(
        charge, r -> r.status == RefundStatus.SUCCEEDED || r.status == RefundStatus.PENDING);
  }

  static Money refunding(Charge charge, String capture) {
    return refunds(
        charge,
        r ->
            r.capture.id().equals(capture)
                && (r.status == RefundStatus.SUCCEEDED || r.status == RefundStatus.PENDING));
  }

  static Money disputedAway(Charge charge) {
    return sum(
        charge, charge.disputes.stream().filter(d -> d.reinstatement == null).map(d -> d.amount));
  }

  private static Money refunds(Charge charge, Predicate<Refund> which) {
    return sum(charge, charge.refunds.stream().filter(which).map(r -> r.amount));
  }

  private static Money sum(Charge charge, Stream<Money> amounts) {
    return amounts.reduce(Money.zero(charge.amount().getCurrencyUnit()), Money::plus);
  }
}
