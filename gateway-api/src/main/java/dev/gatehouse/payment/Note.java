package dev.gatehouse.payment;

import java.time.Instant;

/**
 * What a person did to a payment, kept for ever.
 *
 * @param at when
 * @param actor who
 * @param what what was done
 * @param reason why
 */
public record Note(Instant at, String actor, String what, String reason) {}
