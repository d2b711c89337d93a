package dev.gatehouse.engine;

import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.facts.Totals;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Funds;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentState;
import dev.gatehouse.spi.CaptureMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** What the payments of a checkout show it, the most decisive first. Pure. */
final class Signals {
  private static final List<CheckoutTrigger> DECISIVE =
      List.of(
          CheckoutTrigger.SEEN_HELD,
          CheckoutTrigger.SEEN_PROCESSING,
          CheckoutTrigger.SEEN_ACTION_NEEDED);

  private Signals() {}

  /** The first of them that pays the checkout now. */
  static Optional<Payment> paying(List<Payment> payments) {
    for (Payment payment : payments) {
      if (pays(payment)) {
        return Optional.of(payment);
      }
    }
    return Optional.empty();
  }

  /** What they show; if one of them pays, that. */
  static Optional<CheckoutTrigger> of(List<Payment> payments, Optional<Payment> paying) {
    if (payments.isEmpty()) {
      return Optional.empty();
    }
    if (paying.isPresent()) {
      return Optional.of(CheckoutTrigger.SEEN_PAID);
    }
    Set<CheckoutTrigger> shown = EnumSet.noneOf(CheckoutTrigger.class);
    payments.forEach(payment -> shown.add(of(payment.state())));
    for (CheckoutTrigger trigger : DECISIVE) {
      if (shown.contains(trigger)) {
        return Optional.of(trigger);
      }
    }
    return Optional.of(CheckoutTrigger.SEEN_FAILED);
  }

  /**
   * Whether a payment pays its checkout now. Parts that we sent back, or that the bank took back,
   * before the whole had arrived do not count, though they were captured once. Of several holds,
   * one that is over decides nothing while another lives.
   */
  static boolean pays(Payment payment) {
    if (!payment.isPaid() || payment.awaitsRest()) {
      return false;
    }
    ChargeTerms terms = payment.terms().orElseThrow();
    Money asked = terms.amount();
    Totals totals = payment.totals(asked.getCurrencyUnit());
    Money sentBack = Funds.sentBack(payment, asked.getCurrencyUnit());
    Money stayed = totals.captured().minus(totals.uncaptured()).minus(sentBack);
    return terms.capture() == CaptureMode.MANUAL ? stayed.isPositive() : !stayed.isLessThan(asked);
  }

  private static CheckoutTrigger of(PaymentState state) {
    return switch (state) {
      case IN_DOUBT, PENDING -> CheckoutTrigger.SEEN_PROCESSING;
      case ACTION_REQUIRED -> CheckoutTrigger.SEEN_ACTION_NEEDED;
      case AUTHORIZED, PARTLY_CAPTURED -> CheckoutTrigger.SEEN_HELD;
      // Taken, but not beyond doubt what we asked for: nothing is decided.
      case CAPTURED -> CheckoutTrigger.SEEN_PROCESSING;
      case PARTLY_REFUNDED, REFUNDED, REVERSED, VOIDED, EXPIRED, FAILED, DONE ->
          CheckoutTrigger.SEEN_FAILED;
    };
  }
}
