package dev.gatehouse.event;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;

/**
 * A payment method was stored for charges without the customer.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment that stored it
 * @param gateway the gateway that holds it
 * @param method the provider's id of the stored method
 */
public record PaymentMethodStored(
    EventHeader header, PaymentId payment, GatewayInstanceId gateway, String method)
    implements LifecycleEvent {}
