package dev.gatehouse.testkit.emulator;

import java.time.Instant;

/**
 * Something that happened in the {@link Books}.
 *
 * @param what happened
 * @param charge the id of the charge that it is about
 * @param subject the id of what it happened to, which may be the charge
 * @param at when
 */
public record Happened(Change what, String charge, String subject, Instant at) {}
