package dev.gatehouse.stripe;

import static dev.gatehouse.stripe.Unreadable.demand;

import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells refunds of money that was taken from the one that Stripe makes by itself when a hold is
 * captured in part: it releases the rest, which was never taken, and keeps that as a refund, too.
 */
final class StripeReleases {
  /** The rest is released by the capture itself. Both times are by Stripe's clock. */
  private static final Duration WITH_THE_CAPTURE = Duration.ofSeconds(10);

  private final StripeCall call;

  StripeReleases(StripeCall call) {
    this.call = call;
  }

  /**
   * The refunds of money that was taken.
   *
   * @param newestFirst all refunds of this captured charge
   */
  List<Refund> leftOut(PaymentIntent intent, Charge charge, List<Refund> newestFirst)
      throws StripeException {
    Optional<Refund> release = release(intent, charge, newestFirst);
    return newestFirst.stream().filter(one -> release.filter(r -> r == one).isEmpty()).toList();
  }

  /**
   * Nothing in it says what it is. It is nobody's (we mark ours), it is exactly the rest, and
   * nobody can have refunded anything before the capture; so it is the oldest such refund. One that
   * is younger than the capture is somebody's at the dashboard, whatever its amount. Of a hold that
   * is captured in parts, Stripe keeps no such refund.
   */
  private Optional<Refund> release(PaymentIntent intent, Charge charge, List<Refund> newestFirst)
      throws StripeException {
    long rest = demand("amount", charge.getAmount()) - taken(charge);
    // The intent's status says nothing here: it was read before the charge, maybe uncaptured.
    if (!"manual".equals(intent.getCaptureMethod())
        || rest <= 0
        || StripeParts.areAllowed(intent, charge)) {
      return Optional.empty();
    }
    Optional<Refund> oldest =
        newestFirst.stream()
            .filter(refund -> demand("amount", refund.getAmount()) == rest)
            .filter(refund -> !isOurs(refund))
            .reduce((newer, older) -> older);
    return oldest.isPresent() && cameWithCapture(oldest.get(), charge) ? oldest : Optional.empty();
  }

  private static long taken(Charge charge) {
    return demand("amount_captured", charge.getAmountCaptured());
  }

  private static boolean isOurs(Refund refund) {
    return StripeFacts.metadata(refund.getMetadata(), StripeFacts.OPERATION).isPresent();
  }

  /**
   * A charge does not tell when it was captured, but its money is booked then. Money that is not
   * booked yet was captured just now.
   */
  private boolean cameWithCapture(Refund refund, Charge charge) throws StripeException {
    if (charge.getBalanceTransaction() == null) {
      return true;
    }
    BalanceTransaction booked =
        call.client().v1().balanceTransactions().retrieve(charge.getBalanceTransaction());
    long latest = demand("created", booked.getCreated()) + WITH_THE_CAPTURE.toSeconds();
    return demand("created", refund.getCreated()) <= latest;
  }
}
