package dev.gatehouse.testkit.stripe;

import dev.gatehouse.testkit.stripe.Entries.Charge;
import dev.gatehouse.testkit.stripe.Entries.Dispute;

/** What may become of a dispute. Called under the lock of {@link Desk}. */
final class Disputes {
  private final Desk desk;

  Disputes(Desk desk) {
    this.desk = desk;
  }

  void afterCharge(Charge charge) {
    if (charge.method.token == StripeToken.DISPUTE && charge.isCaptured) {
      open(charge, charge.captured, "fraudulent");
    } else if (charge.method.token == StripeToken.DISPUTE_INQUIRY && charge.isCaptured) {
      inquire(charge, charge.captured);
    }
  }

  Dispute open(Charge charge, long amount, String reason) {
    Dispute dispute = add(charge, amount, reason, "needs_response");
    withdraw(dispute);
    return dispute;
  }

  Dispute inquire(Charge charge, long amount) {
    return add(charge, amount, "general", "warning_needs_response");
  }

  private Dispute add(Charge charge, long amount, String reason, String status) {
    if (charge.captures.isEmpty() || !charge.disputes.isEmpty() || amount > charge.captured) {
      throw ApiError.state("charge_not_disputable", "This charge can't be disputed now.");
    }
    Dispute dispute = new Dispute(desk.id("dp"), charge, amount, reason, status, desk.now());
    desk.add(dispute);
    happened("charge.dispute.created", dispute);
    return dispute;
  }

  private void withdraw(Dispute dispute) {
    dispute.withdrawal = desk.id("txn");
    happened("charge.dispute.funds_withdrawn", dispute);
  }

  /** The bank's question became a chargeback. */
  void escalate(Dispute dispute) {
    if (dispute.status.startsWith("warning_")) {
      dispute.status = "needs_response";
      happened("charge.dispute.updated", dispute);
      withdraw(dispute);
    }
  }

  void respond(Dispute dispute) {
    if (dispute.status.equals("needs_response")) {
      dispute.status = "under_review";
      happened("charge.dispute.updated", dispute);
    }
  }

  void win(Dispute dispute) {
    if (isOpen(dispute)) {
      dispute.status = "won";
      if (dispute.withdrawal != null) {
        dispute.reinstatement = desk.id("txn");
        happened("charge.dispute.funds_reinstated", dispute);
      }
      happened("charge.dispute.closed", dispute);
    }
  }

  void lose(Dispute dispute) {
    if (isOpen(dispute)) {
      dispute.status = "lost";
      happened("charge.dispute.closed", dispute);
    }
  }

  private static boolean isOpen(Dispute dispute) {
    return !dispute.status.equals("won") && !dispute.status.equals("lost");
  }

  private void happened(String type, Dispute dispute) {
    desk.happened(type, dispute.charge.intent.account, MoneyViews.dispute(dispute, Expand.none()));
  }
}
