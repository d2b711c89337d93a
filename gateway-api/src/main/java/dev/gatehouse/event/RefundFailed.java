package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * A refund did not take place, or was returned by the bank later.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param refund the provider's id of the refund
 * @param amount how much
 */
public record RefundFailed(EventHeader header, PaymentId payment, String refund, Money amount)
    implements LifecycleEvent {}
