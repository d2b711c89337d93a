package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.OperationKind;

/**
 * An operation can't be brought to an end by the declared recovery. A person must decide.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param operation the operation's key
 * @param kind which call
 * @param why what was tried
 */
public record OperationLeftToPerson(
    EventHeader header, PaymentId payment, String operation, OperationKind kind, String why)
    implements LifecycleEvent {}
