package dev.gatehouse.store;

import java.time.Instant;

/**
 * What waits for one hook: due, put off, in somebody's hands, or parked.
 *
 * @param hook the hook's id
 * @param waiting how many deliveries are not acknowledged; at least one
 * @param parked how many of them are set aside for a person
 * @param since when the oldest of their events happened
 */
public record Backlog(String hook, int waiting, int parked, Instant since) {}
