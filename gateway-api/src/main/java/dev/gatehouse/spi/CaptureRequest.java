package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.PositiveAmount;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.joda.money.Money;

/**
 * A request to take authorised money.
 *
 * @param trace the payment
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param authorization the provider's id of the authorisation
 * @param amount how much
 * @param isFinal whether the rest of the authorisation is to be released; always so in effect where
 *     the gateway does not declare {@link Capability#MULTIPLE_CAPTURES}
 */
public record CaptureRequest(
    @NotNull @Valid Trace trace,
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @ForeignId String authorization,
    @NotNull @PositiveAmount Money amount,
    boolean isFinal) {}
