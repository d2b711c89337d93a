package dev.gatehouse.event;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.CustomerId;
import java.time.Instant;
import java.util.Optional;

/**
 * What every event carries.
 *
 * @param id stable: made of the record that it is about, what happened, and the provider's key; the
 *     same event has the same id whenever and wherever it is derived
 * @param at when it was raised, by our clock
 * @param subject what events are ordered by: the customer's id, or the payment's where no customer
 *     is known
 * @param customer the customer, where known
 * @param mode live or test, of a membership that of the payment which it rests on; empty for what
 *     rests on no payment
 */
public record EventHeader(
    String id, Instant at, String subject, Optional<CustomerId> customer, Optional<Mode> mode) {}
