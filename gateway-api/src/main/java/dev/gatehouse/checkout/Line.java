package dev.gatehouse.checkout;

import dev.gatehouse.validation.NonNegativeAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.joda.money.Money;

/**
 * One line of a checkout.
 *
 * @param description for customers
 * @param quantity how many, 1 to 100,000
 * @param unitPrice the price of one; zero or more
 */
public record Line(
    @NotNull @SingleLine(max = 255) String description,
    @Min(1) @Max(100_000) int quantity,
    @NotNull @NonNegativeAmount Money unitPrice) {

  /** Quantity times unit price. */
  public Money amount() {
    return unitPrice.multipliedBy(quantity);
  }
}
