package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;

/**
 * A person says that a conflict or a mismatch was looked into, and that nothing is left to do about
 * it. No fact changes.
 *
 * @param payment the payment
 * @param conflict the {@linkplain dev.gatehouse.payment.OpenConflict#id() id} of the conflict,
 *     which stands for exactly what that person saw
 * @param actor who says so
 * @param reason what was found out, or done about it; names no customer
 */
public record SettleConflict(
    @NotNull PaymentId payment,
    @NotNull @Identifier String conflict,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
