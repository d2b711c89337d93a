package dev.gatehouse.event;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * Money came after the checkout was over. Policy decides whether it is refunded or a person is
 * asked.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param checkout the checkout
 * @param amount how much
 */
public record LateMoney(EventHeader header, PaymentId payment, CheckoutId checkout, Money amount)
    implements LifecycleEvent {}
