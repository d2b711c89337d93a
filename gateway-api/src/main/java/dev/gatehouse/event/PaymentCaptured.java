package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * Money was taken. Raised once per capture.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param capture the provider's id of the capture
 * @param amount how much
 */
public record PaymentCaptured(EventHeader header, PaymentId payment, String capture, Money amount)
    implements LifecycleEvent {}
