package dev.gatehouse.event;

import dev.gatehouse.id.CustomerId;

/**
 * It was forgotten who a customer is. Raised once per customer. What hooks kept about the customer,
 * such as the id in a CRM, stays in the metadata until each hook that wants this event was told.
 *
 * @param header the event's id, time, subject and customer
 * @param customer the customer
 */
public record CustomerErased(EventHeader header, CustomerId customer) implements LifecycleEvent {}
