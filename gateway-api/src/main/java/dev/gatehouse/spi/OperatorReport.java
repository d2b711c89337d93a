package dev.gatehouse.spi;

import dev.gatehouse.validation.PositiveAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What a person says about a payment that no provider can be asked about.
 *
 * @param trace the payment
 * @param finding what happened
 * @param amount how much money
 * @param movement the movement that the report is about, for a refund that was under way; empty for
 *     money that arrived
 * @param actor who says it
 * @param reason why, or on what evidence
 * @param at when it was reported
 */
public record OperatorReport(
    @NotNull Trace trace,
    @NotNull Finding finding,
    @NotNull @PositiveAmount Money amount,
    @NotNull Optional<String> movement,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason,
    @NotNull Instant at) {

  /** What happened. */
  public enum Finding {
    /** The customer's money arrived. */
    MONEY_ARRIVED,
    /** It will not arrive. */
    MONEY_WILL_NOT_ARRIVE,
    /** The refund was transferred. */
    REFUND_SENT,
    /** The refund will not be made. */
    REFUND_NOT_SENT
  }
}
