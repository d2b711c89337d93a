package dev.gatehouse.event;

import dev.gatehouse.id.CustomerId;

/**
 * A customer registered. Raised once per customer, before anything else about the customer.
 *
 * @param header the event's id, time, subject and customer
 * @param customer the customer; {@link dev.gatehouse.hook.HookContext} has the personal data
 */
public record CustomerCreated(EventHeader header, CustomerId customer) implements LifecycleEvent {}
