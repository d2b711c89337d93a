package dev.gatehouse.testkit.reference;

import dev.gatehouse.testkit.reference.Entries.Capture;
import dev.gatehouse.testkit.reference.Entries.Cause;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.Dispute;
import dev.gatehouse.testkit.reference.Entries.Refund;
import dev.gatehouse.testkit.reference.Entries.RefundStatus;
import java.time.Duration;
import java.time.Instant;
import org.joda.money.Money;

/** How money goes back: refunds and disputes. Called under the lock of {@link Books}. */
final class Refunds {
  private final Books books;

  Refunds(Books books) {
    this.books = books;
  }

  /** A capture and the charge that it belongs to. */
  record Captured(Charge charge, Capture capture) {}

  /** A refund and the charge that it belongs to. */
  record Refunded(Charge charge, Refund refund) {}

  /** A dispute and the charge that it is about. */
  record Disputed(Charge charge, Dispute dispute) {}

  Captured byCapture(String id) {
    for (Charge charge : books.charges()) {
      for (Capture capture : charge.captures) {
        if (capture.id().equals(id)) {
          return new Captured(charge, capture);
        }
      }
    }
    throw ApiError.notFound("capture");
  }

  Captured byCapture(ReferenceAccount account, String id) {
    Captured found = byCapture(id);
    if (!found.charge().account.id().equals(account.id())) {
      throw ApiError.notFound("capture");
    }
    return found;
  }

  Refunded byRefund(String id) {
    for (Charge charge : books.charges()) {
      for (Refund refund : charge.refunds) {
        if (refund.id.equals(id)) {
          return new Refunded(charge, refund);
        }
      }
    }
    throw ApiError.notFound("refund");
  }

  Disputed byDispute(String id) {
    for (Charge charge : books.charges()) {
      for (Dispute dispute : charge.disputes) {
        if (dispute.id.equals(id)) {
          return new Disputed(charge, dispute);
        }
      }
    }
    throw ApiError.notFound("dispute");
  }

  Refund refund(Captured what, Money amount, Cause cause) {
    Charge charge = what.charge();
    if (!amount.getCurrencyUnit().equals(charge.amount().getCurrencyUnit())) {
      throw ApiError.invalid("currency", "The charge is in another currency.");
    }
    Money ofCapture = what.capture().amount().minus(Sums.refunding(charge, what.capture().id()));
    Money ofCharge =
        Sums.captured(charge).minus(Sums.refunding(charge)).minus(Sums.disputedAway(charge));
    if (amount.isGreaterThan(ofCapture) || amount.isGreaterThan(ofCharge)) {
      throw ApiError.invalid("amount_too_large", "More than what is left to refund.");
    }
    Refund refund = new Refund(books.nextId("re"), what.capture(), amount, cause);
    charge.refunds.add(refund);
    happened(charge, refund, "created");
    begin(charge, refund);
    return refund;
  }

  private void begin(Charge charge, Refund refund) {
    Duration wait = books.options().pendingTime();
    switch (charge.order.plan().token()) {
      case REFUND_PENDING -> books.after(wait, () -> succeed(charge, refund));
      case REFUND_PENDING_FAILS -> books.after(wait, () -> fail(charge, refund));
      case REFUND_UNDONE -> {
        succeed(charge, refund);
        books.after(wait, () -> undo(charge, refund));
      }
      default -> succeed(charge, refund);
    }
  }

  void succeed(Charge charge, Refund refund) {
    move(charge, refund, RefundStatus.PENDING, RefundStatus.SUCCEEDED);
  }

  void fail(Charge charge, Refund refund) {
    move(charge, refund, RefundStatus.PENDING, RefundStatus.FAILED);
  }

  /** The customer's bank sent the money back to us. */
  void undo(Charge charge, Refund refund) {
    move(charge, refund, RefundStatus.SUCCEEDED, RefundStatus.REVERSED);
  }

  private void move(Charge charge, Refund refund, RefundStatus from, RefundStatus to) {
    if (refund.status == from) {
      refund.status = to;
      happened(charge, refund, to.wire());
    }
  }

  private void happened(Charge charge, Refund refund, String what) {
    books.happened("refund." + what, charge, refund.id);
  }

  Dispute dispute(Charge charge, Money amount) {
    Dispute dispute = new Dispute(books.nextId("dp"), amount, books.nextId("mov"), books.now());
    charge.disputes.add(dispute);
    books.happened("dispute.created", charge, dispute.id);
    return dispute;
  }

  void win(Disputed disputed) {
    if (decide(disputed, "won")) {
      disputed.dispute().reinstatement = books.nextId("mov");
    }
  }

  void lose(Disputed disputed) {
    decide(disputed, "lost");
  }

  void review(Disputed disputed) {
    decide(disputed, "under_review");
  }

  private boolean decide(Disputed disputed, String status) {
    Dispute dispute = disputed.dispute();
    if (dispute.status.equals(status) || dispute.reinstatement != null) {
      return false;
    }
    dispute.status = status;
    // Each change has a date of its own, so that the later one can be told.
    Instant next = dispute.updatedAt.plusMillis(1);
    dispute.updatedAt = books.now().isAfter(next) ? books.now() : next;
    books.happened("dispute." + status, disputed.charge(), dispute.id);
    return true;
  }
}
