package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A request to go on after the customer's action.
 *
 * @param trace the payment
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param attempt the provider's id of the attempt that was approved
 * @param capture whether the charge is to take the money at once, as it was asked for
 */
public record CompleteRequest(
    @NotNull @Valid Trace trace,
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @ForeignId String attempt,
    @NotNull CaptureMode capture) {}
