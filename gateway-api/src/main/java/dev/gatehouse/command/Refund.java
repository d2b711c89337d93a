package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.validation.IdempotencyKey;
import dev.gatehouse.validation.PositiveAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Gives money back.
 *
 * @param payment the payment
 * @param key the caller's key; the same key refunds once, two keys are two refunds
 * @param amount how much
 * @param reason for people; kept for good, so it holds no personal data; the same for the same key
 */
public record Refund(
    @NotNull PaymentId payment,
    @NotNull @IdempotencyKey String key,
    @NotNull @PositiveAmount Money amount,
    @NotNull Optional<@SingleLine(max = 512) String> reason) {

  /** Without a reason. */
  public static Refund of(PaymentId payment, String key, Money amount) {
    return new Refund(payment, key, amount, Optional.empty());
  }
}
