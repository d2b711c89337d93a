package dev.gatehouse.event;

import dev.gatehouse.id.CheckoutId;

/**
 * A checkout was called off before it was paid.
 *
 * @param header the event's id, time, subject and customer
 * @param checkout the checkout
 */
public record CheckoutCancelled(EventHeader header, CheckoutId checkout)
    implements LifecycleEvent {}
