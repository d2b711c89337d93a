package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.event.CaptureFailed;
import dev.gatehouse.event.CheckoutCancelled;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CheckoutExpired;
import dev.gatehouse.event.DisputeFundsReinstated;
import dev.gatehouse.event.DisputeFundsWithdrawn;
import dev.gatehouse.event.DisputeOpened;
import dev.gatehouse.event.LateMoney;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.Overpaid;
import dev.gatehouse.event.PaymentAuthorized;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.event.RefundFailed;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Store;
import java.util.Optional;

/** Which checkout an event is about: its own, or that of its payment. */
final class About {
  private About() {}

  static Optional<Checkout> checkout(LifecycleEvent event, Store store) {
    return checkoutId(event)
        .or(() -> paymentId(event).flatMap(store::payment).flatMap(Payment::checkout))
        .flatMap(store::checkout);
  }

  private static Optional<CheckoutId> checkoutId(LifecycleEvent event) {
    if (event instanceof CheckoutCompleted e) {
      return Optional.of(e.checkout());
    } else if (event instanceof CheckoutExpired e) {
      return Optional.of(e.checkout());
    } else if (event instanceof CheckoutCancelled e) {
      return Optional.of(e.checkout());
    } else if (event instanceof LateMoney e) {
      return Optional.of(e.checkout());
    } else if (event instanceof Overpaid e) {
      return Optional.of(e.checkout());
    }
    return event instanceof PaymentFailed e ? e.checkout() : Optional.empty();
  }

  private static Optional<PaymentId> paymentId(LifecycleEvent event) {
    if (event instanceof PaymentAuthorized e) {
      return Optional.of(e.payment());
    } else if (event instanceof PaymentCaptured e) {
      return Optional.of(e.payment());
    } else if (event instanceof PaymentRefunded e) {
      return Optional.of(e.payment());
    } else if (event instanceof CaptureFailed e) {
      return Optional.of(e.payment());
    } else if (event instanceof RefundFailed e) {
      return Optional.of(e.payment());
    } else if (event instanceof DisputeOpened e) {
      return Optional.of(e.payment());
    } else if (event instanceof DisputeFundsWithdrawn e) {
      return Optional.of(e.payment());
    }
    return event instanceof DisputeFundsReinstated e ? Optional.of(e.payment()) : Optional.empty();
  }
}
