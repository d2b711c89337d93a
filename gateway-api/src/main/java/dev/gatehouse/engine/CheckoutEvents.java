package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.event.CheckoutCancelled;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CheckoutExpired;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.MembershipSummary;
import dev.gatehouse.event.PaymentSummary;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The events of checkouts and memberships. Pure. */
final class CheckoutEvents {
  private CheckoutEvents() {}

  /** What the state of a checkout amounts to, and was not raised yet, by its key. */
  static Map<String, LifecycleEvent> unraised(
      Checkout checkout, Optional<Payment> paying, Optional<Membership> membership, Instant now) {
    return switch (checkout.state()) {
      case COMPLETED ->
          once(checkout, "completed", () -> completed(checkout, paying, membership, now));
      case EXPIRED ->
          once(
              checkout,
              "expired",
              () -> new CheckoutExpired(header(checkout, "expired", now), checkout.id()));
      case CANCELLED ->
          once(
              checkout,
              "cancelled",
              () -> new CheckoutCancelled(header(checkout, "cancelled", now), checkout.id()));
      case OPEN, AWAITING_CUSTOMER, PENDING, AUTHORIZED, FAILED -> Map.of();
    };
  }

  private static Map<String, LifecycleEvent> once(
      Checkout checkout, String key, Supplier<LifecycleEvent> event) {
    return checkout.raised().contains(key) ? Map.of() : Map.of(key, event.get());
  }

  /** A membership's move, in the mode of the payment that it rests on. */
  static LifecycleEvent changed(
      Membership membership, MembershipState to, Optional<Case> known, Instant now) {
    String id = membership.id().value() + "/" + membership.state() + "-" + to;
    EventHeader header =
        new EventHeader(
            id,
            now,
            membership.customer().value(),
            Optional.of(membership.customer()),
            known.flatMap(CheckoutEvents::mode));
    return new MembershipStatusChanged(
        header, membership.id(), membership.plan(), membership.planName(), membership.state(), to);
  }

  /** Of the payment that completed the checkout, or else of the first that was tried. */
  private static Optional<Mode> mode(Case known) {
    return known
        .checkout()
        .flatMap(Checkout::paidBy)
        .flatMap(known::payment)
        .or(() -> known.payments().stream().findFirst())
        .map(Payment::mode);
  }

  private static LifecycleEvent completed(
      Checkout checkout, Optional<Payment> paying, Optional<Membership> membership, Instant now) {
    Optional<PaymentSummary> payment =
        paying
            .filter(p -> checkout.paidBy().filter(p.id()::equals).isPresent())
            .map(p -> new PaymentSummary(p.id(), p.gateway(), Excess.captured(checkout, p)));
    EventHeader plain = header(checkout, "completed", now);
    EventHeader header =
        new EventHeader(
            plain.id(), plain.at(), plain.subject(), plain.customer(), paying.map(Payment::mode));
    return new CheckoutCompleted(
        header,
        checkout.id(),
        checkout.total(),
        checkout.lines(),
        payment,
        membership.map(m -> new MembershipSummary(m.id(), m.plan(), m.planName())));
  }

  private static EventHeader header(Checkout checkout, String key, Instant now) {
    return new EventHeader(
        checkout.id().value() + "/" + key,
        now,
        checkout.customer().value(),
        Optional.of(checkout.customer()),
        Optional.empty());
  }
}
