package dev.gatehouse.stripe;

import static dev.gatehouse.stripe.StripeFacts.money;
import static dev.gatehouse.stripe.Unreadable.demand;

import com.stripe.model.BalanceTransaction;
import com.stripe.model.Refund;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.Snapshot;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Reads refunds and disputes as facts. */
final class StripeMovements {
  private StripeMovements() {}

  /** Where the capture is in a refund's metadata that it is of, if its charge has several. */
  static final String CAPTURE = "gatehouse_refund_of";

  /**
   * Stripe refunds charges.
   *
   * @param capture what else it is of, where its metadata does not say; empty if nobody knows
   */
  static void refund(Snapshot.Builder seen, Refund refund, Optional<String> capture) {
    Movement movement =
        Movement.of(MovementKind.REFUND, step(refund.getStatus()))
            .with(money(refund.getAmount(), refund.getCurrency()))
            .ofCharge(demand("charge", refund.getCharge()))
            .causedBy(StripeFacts.metadata(refund.getMetadata(), StripeFacts.OPERATION));
    seen.movement(
        demand("id", refund.getId()),
        StripeFacts.metadata(refund.getMetadata(), CAPTURE)
            .or(() -> capture)
            .map(movement::outOf)
            .orElse(movement));
  }

  /** Stripe says only "failed", also of a refund that it had called succeeded: see the join. */
  static MovementStep step(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "succeeded" -> MovementStep.DONE;
      case "failed", "canceled" -> MovementStep.NEVER;
      default -> MovementStep.OPEN;
    };
  }

  static void dispute(Snapshot.Builder seen, com.stripe.model.Dispute dispute) {
    String id = demand("id", dispute.getId());
    String charge = demand("charge", dispute.getCharge());
    Money amount = money(dispute.getAmount(), dispute.getCurrency());
    Dispute known = Dispute.of(amount, charge);
    if (dispute.getReason() != null) {
      known = known.because(dispute.getReason());
    }
    Optional<DisputeStatus> status = status(dispute.getStatus());
    seen.dispute(id, status.isPresent() ? known.with(Register.unstamped(status.get())) : known);
    List<BalanceTransaction> money = dispute.getBalanceTransactions();
    if (money != null) {
      money.forEach(one -> moved(seen, one, id, charge, amount));
    }
  }

  /** What a dispute took from our balance, or gave back to it. */
  private static void moved(
      Snapshot.Builder seen,
      BalanceTransaction transaction,
      String dispute,
      String charge,
      Money disputed) {
    long net = demand("amount", transaction.getAmount());
    Money settled = money(Math.abs(net), transaction.getCurrency());
    boolean same = settled.getCurrencyUnit().equals(disputed.getCurrencyUnit());
    MovementKind kind =
        net < 0 ? MovementKind.DISPUTE_WITHDRAWAL : MovementKind.DISPUTE_REINSTATEMENT;
    Movement movement =
        Movement.of(kind, MovementStep.DONE)
            .with(same ? settled : disputed)
            .ofCharge(charge)
            .outOf(dispute);
    seen.movement(demand("id", transaction.getId()), same ? movement : movement.settledAs(settled));
  }

  private static Optional<DisputeStatus> status(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "warning_needs_response", "warning_under_review" -> Optional.of(DisputeStatus.INQUIRY);
      case "needs_response" -> Optional.of(DisputeStatus.NEEDS_RESPONSE);
      case "under_review" -> Optional.of(DisputeStatus.UNDER_REVIEW);
      case "won", "warning_closed", "prevented" -> Optional.of(DisputeStatus.WON);
      case "lost" -> Optional.of(DisputeStatus.LOST);
      default -> Optional.empty();
    };
  }
}
