package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * A capture did not take place, or was undone by the bank later.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param capture the provider's id of the capture
 * @param amount how much
 */
public record CaptureFailed(EventHeader header, PaymentId payment, String capture, Money amount)
    implements LifecycleEvent {}
