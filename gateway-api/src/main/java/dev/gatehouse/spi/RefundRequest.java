package dev.gatehouse.spi;

import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.PositiveAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A request to give money back.
 *
 * @param trace the payment
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param capture the provider's id of the capture
 * @param amount how much
 * @param reason for our own people; not to be shown to the customer
 */
public record RefundRequest(
    @NotNull @Valid Trace trace,
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @ForeignId String capture,
    @NotNull @PositiveAmount Money amount,
    @NotNull Optional<@SingleLine(max = 512) String> reason) {}
