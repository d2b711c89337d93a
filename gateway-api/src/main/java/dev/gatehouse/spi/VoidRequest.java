package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * A request to release authorised money.
 *
 * @param trace the payment
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param authorization the provider's id of the authorisation
 */
public record VoidRequest(
    @NotNull @Valid Trace trace,
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @ForeignId String authorization) {}
