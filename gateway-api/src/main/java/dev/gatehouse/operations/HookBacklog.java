package dev.gatehouse.operations;

import java.time.Instant;

/**
 * What waits for one hook.
 *
 * @param hook the hook's id
 * @param waiting how many deliveries are not acknowledged; at least one
 * @param parked how many of them were set aside for a person
 * @param since when the oldest of their events happened
 * @param isHere whether this process has the hook
 */
public record HookBacklog(String hook, int waiting, int parked, Instant since, boolean isHere) {}
