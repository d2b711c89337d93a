package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;

/**
 * A person lets a payment be looked up at its provider now.
 *
 * @param payment the payment
 * @param actor who decides so
 * @param reason why; names no customer
 */
public record LookUpPayment(
    @NotNull PaymentId payment,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
