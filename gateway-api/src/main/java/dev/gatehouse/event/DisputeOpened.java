package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * The customer disputes a charge.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param dispute the provider's id of the dispute
 * @param amount how much is disputed
 */
public record DisputeOpened(EventHeader header, PaymentId payment, String dispute, Money amount)
    implements LifecycleEvent {}
