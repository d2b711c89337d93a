package dev.gatehouse.event;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import org.joda.money.Money;

/**
 * More money came than the checkout was for. Policy decides whether it is refunded or a person is
 * asked.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment that brought the excess
 * @param checkout the checkout
 * @param excess how much too much
 */
public record Overpaid(EventHeader header, PaymentId payment, CheckoutId checkout, Money excess)
    implements LifecycleEvent {}
