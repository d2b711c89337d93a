package dev.gatehouse.command;

import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * A person takes old events out of the store, to be kept elsewhere.
 *
 * @param before only events that were raised before that time, and wait for no hook
 * @param actor who decides so
 * @param reason why; names no customer
 */
public record ArchiveEvents(
    @NotNull Instant before,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
