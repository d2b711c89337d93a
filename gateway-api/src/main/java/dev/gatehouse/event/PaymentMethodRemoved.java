package dev.gatehouse.event;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;

/**
 * A provider stores a payment method no more: nobody can charge it. Whether we asked for it or
 * somebody did at the provider, its customer does not have it any more.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the removal that we asked for, or the payment that shows it
 * @param gateway the gateway instance that held it
 * @param method the provider's id of the stored method; not a card number
 */
public record PaymentMethodRemoved(
    EventHeader header, PaymentId payment, GatewayInstanceId gateway, String method)
    implements LifecycleEvent {}
