package dev.gatehouse.event;

import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.id.PaymentId;

/**
 * A hold ended without being replaced: it was released or ran out.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param authorization the provider's id of the hold
 * @param end how it ended
 */
public record AuthorizationEnded(
    EventHeader header, PaymentId payment, String authorization, AuthorizationEnd end)
    implements LifecycleEvent {}
