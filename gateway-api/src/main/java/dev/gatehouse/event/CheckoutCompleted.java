package dev.gatehouse.event;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.id.CheckoutId;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A checkout is paid, or free. Raised once per checkout, and only when the money is ours beyond
 * doubt.
 *
 * @param header the event's id, time, subject and customer
 * @param checkout the checkout
 * @param total what was to be paid
 * @param lines what was paid for
 * @param payment the payment; empty for a free checkout
 * @param membership the membership that it brought, if it was for a plan
 */
public record CheckoutCompleted(
    EventHeader header,
    CheckoutId checkout,
    Money total,
    List<Line> lines,
    Optional<PaymentSummary> payment,
    Optional<MembershipSummary> membership)
    implements LifecycleEvent {
  /** Copies the list. */
  public CheckoutCompleted {
    lines = List.copyOf(lines);
  }
}
