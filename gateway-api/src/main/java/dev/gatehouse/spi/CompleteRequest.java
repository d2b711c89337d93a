package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * A request to go on after the customer's action.
 *
 * @param trace the payment
 * @param idempotencyKey goes with every mutating request that the call sends
 * @param attempt the provider's id of the attempt that was approved
 */
public record CompleteRequest(
    @NotNull @Valid Trace trace,
    @NotNull @Identifier String idempotencyKey,
    @NotNull @ForeignId String attempt) {}
