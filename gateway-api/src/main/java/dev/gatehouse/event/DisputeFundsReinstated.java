package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * A dispute gave money back to us.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param movement the provider's id of the movement
 * @param amount how much
 */
public record DisputeFundsReinstated(
    EventHeader header, PaymentId payment, String movement, Money amount)
    implements LifecycleEvent {}
