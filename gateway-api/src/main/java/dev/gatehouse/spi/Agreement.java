package dev.gatehouse.spi;

import dev.gatehouse.validation.NoCardNumber;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/**
 * What a customer agreed to when a payment method was stored: that the merchant may charge it
 * later. Card networks want it, and want to know at each charge what kind of charge was agreed to.
 *
 * @param use what kind of charges
 * @param text the words that the customer accepted, on one line; no personal data, for it is kept
 *     for good
 * @param acceptedAt when they did
 */
public record Agreement(
    @NotNull Use use,
    @NotNull @SingleLine(max = 500) @NoCardNumber String text,
    @NotNull Instant acceptedAt) {

  /** What kind of charges the merchant may make. */
  public enum Use {
    /** The same again and again, such as a membership that renews. */
    RECURRING,
    /** As it comes, such as what somebody consumed. */
    UNSCHEDULED
  }
}
