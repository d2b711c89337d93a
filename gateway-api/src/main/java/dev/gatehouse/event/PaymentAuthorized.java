package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * Money is held.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param authorization the provider's id of the hold
 * @param amount how much was held at first
 */
public record PaymentAuthorized(
    EventHeader header, PaymentId payment, String authorization, Money amount)
    implements LifecycleEvent {}
