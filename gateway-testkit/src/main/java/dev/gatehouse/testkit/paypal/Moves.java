package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import org.jspecify.annotations.Nullable;

/** What moves money back, whoever asks for it. */
final class Moves {
  private final Books books;
  private boolean pendingNext;
  private boolean shortNext;

  Moves(Books books) {
    this.books = books;
  }

  /** The next refund takes days. */
  void nextRefundIsPending() {
    pendingNext = true;
  }

  /** The merchant's account can't pay for the next refund. */
  void nextRefundIsShort() {
    shortNext = true;
  }

  boolean takeShortOfFunds() {
    boolean isShort = shortNext;
    shortNext = false;
    return isShort;
  }

  /** Where the caller gives no ids of its own, a refund shows those of its capture. */
  Refund refund(
      Capture capture,
      Amount amount,
      @Nullable String customId,
      @Nullable String invoiceId,
      @Nullable String note,
      @Nullable String key) {
    Refund refund = added(capture, amount, customId, invoiceId, note, key);
    if (pendingNext) {
      pendingNext = false;
      refund.status = "PENDING";
    }
    settled(capture);
    books.notices().of("PAYMENT.CAPTURE.REFUNDED", refund);
    return refund;
  }

  /** PayPal takes back what is left, for instance because the payer's bank did. */
  Refund reverse(Capture capture) {
    Refund reversal =
        added(capture, capture.amount.minus(capture.refunded()), null, null, null, null);
    capture.reason = null;
    settled(capture);
    books.notices().of("PAYMENT.CAPTURE.REVERSED", reversal);
    return reversal;
  }

  private Refund added(
      Capture capture,
      Amount amount,
      @Nullable String customId,
      @Nullable String invoiceId,
      @Nullable String note,
      @Nullable String key) {
    Refund refund =
        new Refund(
            books.nextId(),
            capture,
            amount,
            customId == null ? capture.unit.customId : customId,
            invoiceId == null ? capture.invoiceId : invoiceId,
            note,
            key,
            books.now());
    capture.unit.refunds.add(refund);
    return refund;
  }

  /** The status of a capture as its refunds make it. */
  void settled(Capture capture) {
    capture.updatedAt = books.now();
    if (capture.isDisputed()) {
      return;
    }
    if (capture.refunded().isZero()) {
      capture.status = "COMPLETED";
    } else {
      boolean all = !capture.amount.isMoreThan(capture.refunded());
      capture.status = all ? "REFUNDED" : "PARTIALLY_REFUNDED";
    }
  }
}
