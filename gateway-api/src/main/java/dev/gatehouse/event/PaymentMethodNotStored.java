package dev.gatehouse.event;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;

/**
 * A payment method could not be stored: declined, given up by the customer, or never sent.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the set-up
 * @param gateway the gateway instance that was to store it
 * @param decline why
 */
public record PaymentMethodNotStored(
    EventHeader header, PaymentId payment, GatewayInstanceId gateway, Decline decline)
    implements LifecycleEvent {}
