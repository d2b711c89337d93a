package dev.gatehouse.command;

import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;

/**
 * A person lets an event be offered to a hook again.
 *
 * @param hook the hook's id
 * @param event the event's id
 * @param actor who decides so
 * @param reason why; names no customer
 */
public record ReplayEvent(
    @NotNull @SingleLine(max = 64) String hook,
    @NotNull @SingleLine(max = 2048) String event,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
