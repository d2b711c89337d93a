package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * A person says what became of an operation that was left to them.
 *
 * @param payment the payment
 * @param operation the operation's key
 * @param effect the provider's id of what it made or released, such as a charge, a capture or a
 *     refund; empty if it had no effect
 * @param actor who says so
 * @param reason on what evidence, such as the provider's console
 */
public record SettleOperation(
    @NotNull PaymentId payment,
    @NotNull @Identifier String operation,
    @NotNull Optional<@ForeignId String> effect,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
