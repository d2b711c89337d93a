package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * A request to release authorised money.
 *
 * @param trace the payment
 * @param idempotencyKey goes with every mutating request that the call sends
 * @param authorization the provider's id of the authorisation
 */
public record VoidRequest(
    @NotNull @Valid Trace trace,
    @NotNull @Identifier String idempotencyKey,
    @NotNull @ForeignId String authorization) {}
