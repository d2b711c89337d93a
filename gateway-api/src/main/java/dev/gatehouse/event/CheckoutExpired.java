package dev.gatehouse.event;

import dev.gatehouse.id.CheckoutId;

/**
 * A checkout was not paid in time.
 *
 * @param header the event's id, time, subject and customer
 * @param checkout the checkout
 */
public record CheckoutExpired(EventHeader header, CheckoutId checkout) implements LifecycleEvent {}
