package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.validation.IdempotencyKey;
import jakarta.validation.constraints.NotNull;

/**
 * Releases held money.
 *
 * @param payment the payment
 * @param key the caller's key; the same key releases once
 */
public record VoidPayment(@NotNull PaymentId payment, @NotNull @IdempotencyKey String key) {}
