package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.validation.IdempotencyKey;
import dev.gatehouse.validation.PositiveAmount;
import jakarta.validation.constraints.NotNull;
import org.joda.money.Money;

/**
 * Takes held money.
 *
 * @param payment the payment
 * @param key the caller's key; the same key captures once
 * @param amount how much
 * @param isFinal whether the rest is to be released
 */
public record Capture(
    @NotNull PaymentId payment,
    @NotNull @IdempotencyKey String key,
    @NotNull @PositiveAmount Money amount,
    boolean isFinal) {}
