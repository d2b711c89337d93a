package dev.gatehouse.event;

import dev.gatehouse.facts.Decline;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.PaymentId;
import java.util.Optional;

/**
 * An attempt to pay failed. Raised once per attempt.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param checkout the checkout, if it was for one
 * @param attempt the provider's id of the attempt, or the operation's key if it never reached the
 *     provider
 * @param decline why
 */
public record PaymentFailed(
    EventHeader header,
    PaymentId payment,
    Optional<CheckoutId> checkout,
    String attempt,
    Decline decline)
    implements LifecycleEvent {}
