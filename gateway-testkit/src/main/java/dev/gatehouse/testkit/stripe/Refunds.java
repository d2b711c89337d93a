package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Refund;
import org.jspecify.annotations.Nullable;

/** What may become of a refund. Called under the lock of {@link Desk}. */
final class Refunds {
  private final Desk desk;

  Refunds(Desk desk) {
    this.desk = desk;
  }

  /** What is left of a charge to refund, or a refusal. */
  long refundable(Charge charge) {
    if (charge.captures.isEmpty()) {
      throw ApiError.state(
          "charge_not_captured",
          "This charge is not captured; cancel its PaymentIntent to release the money.");
    }
    if (charge.disputes.stream().anyMatch(dispute -> dispute.withdrawal != null)) {
      throw ApiError.state(
          "charge_disputed", "Charge " + charge.id + " has been charged back; cannot refund.");
    }
    long left = charge.captured - charge.givenBack();
    if (left == 0) {
      throw ApiError.state(
          "charge_already_refunded", "Charge " + charge.id + " has already been refunded.");
    }
    return left;
  }

  Refund create(Charge charge, long amount, @Nullable String key) {
    if (amount > refundable(charge)) {
      throw ApiError.parameter(
          "amount_too_large",
          "amount",
          "Refund amount is greater than unrefunded amount on charge.");
    }
    boolean waits = charge.method.token == StripeToken.PENDING_REFUND;
    Refund refund =
        new Refund(
            desk.id("re"),
            charge,
            amount,
            waits ? "pending" : "succeeded",
            desk.id("txn"),
            desk.now(),
            key);
    desk.add(refund);
    if (waits) {
      desk.after(desk.options().refundTime(), () -> succeed(refund));
    }
    if (charge.method.token == StripeToken.REFUND_FAIL) {
      desk.after(desk.options().refundTime(), () -> fail(refund));
    }
    return refund;
  }

  /**
   * What was held and is not taken goes back to the customer by itself. Stripe keeps that as a
   * refund of the charge, which nobody asked for and which has no metadata; not so of a hold that
   * is captured in parts, which only later versions of its API have.
   */
  void release(Charge charge, long rest, @Nullable String reason) {
    if (rest > 0 && !charge.isInParts()) {
      Refund refund = new Refund(desk.id("re"), charge, rest, "succeeded", null, desk.now(), null);
      refund.reason = reason;
      desk.add(refund);
      announce(refund);
    }
  }

  /** Once its metadata is there, it is announced. */
  void announce(Refund refund) {
    happened("refund.created", refund);
    desk.happened(
        "charge.refunded",
        refund.charge.intent.account,
        Views.charge(refund.charge, Expand.none()));
  }

  void succeed(Refund refund) {
    if (refund.status.equals("pending")) {
      refund.status = "succeeded";
      updated(refund);
    }
  }

  /** Also a refund that had succeeded may fail: the customer's bank sent it back. */
  void fail(Refund refund) {
    if (refund.counts() && !refund.isRelease()) {
      refund.status = "failed";
      refund.failureReason = "expired_or_canceled_card";
      refund.failureTransaction = desk.id("txn");
      happened("refund.failed", refund);
      updated(refund);
    }
  }

  private void updated(Refund refund) {
    happened("refund.updated", refund);
    happened("charge.refund.updated", refund);
  }

  private void happened(String type, Refund refund) {
    desk.happened(type, refund.charge.intent.account, MoneyViews.refund(refund, Expand.none()));
  }
}
