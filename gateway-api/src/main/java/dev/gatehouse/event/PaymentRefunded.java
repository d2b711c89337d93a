package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * Money went back to the customer. Raised once per refund.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param refund the provider's id of the refund
 * @param amount how much
 */
public record PaymentRefunded(EventHeader header, PaymentId payment, String refund, Money amount)
    implements LifecycleEvent {}
