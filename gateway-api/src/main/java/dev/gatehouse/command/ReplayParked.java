package dev.gatehouse.command;

import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;

/**
 * A person lets everything that is parked for a hook be offered to it again.
 *
 * @param hook the hook's id
 * @param actor who decides so
 * @param reason why; names no customer
 */
public record ReplayParked(
    @NotNull @SingleLine(max = 64) String hook,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
