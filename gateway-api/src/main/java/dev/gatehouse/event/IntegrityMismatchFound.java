package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Mismatch;

/**
 * What the provider did is not what we asked for. Nothing is fulfilled; a person must look.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param mismatch what differs
 */
public record IntegrityMismatchFound(EventHeader header, PaymentId payment, Mismatch mismatch)
    implements LifecycleEvent {}
