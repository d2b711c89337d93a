package dev.gatehouse.event;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;

/**
 * A payment that we did not start was found at the provider.
 *
 * @param header the event's id, time, subject and customer
 * @param payment our id for it from now on
 * @param gateway the gateway that showed it
 */
public record ForeignPaymentSeen(EventHeader header, PaymentId payment, GatewayInstanceId gateway)
    implements LifecycleEvent {}
