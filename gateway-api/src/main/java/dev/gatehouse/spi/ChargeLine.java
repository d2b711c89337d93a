package dev.gatehouse.spi;

import dev.gatehouse.validation.NonNegativeAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.joda.money.Money;

/**
 * One line of what a charge is for, for providers that show it to the customer.
 *
 * @param kind what it is of
 * @param description for customers
 * @param quantity how many, 1 to 100,000
 * @param unitPrice the price of one; zero or more, in the charge's currency
 * @param discount what is taken off the whole line; zero or more, at most the line's price
 */
public record ChargeLine(
    @NotNull Kind kind,
    @NotNull @SingleLine(max = 255) String description,
    @Min(1) @Max(100_000) int quantity,
    @NotNull @NonNegativeAmount Money unitPrice,
    @NotNull @NonNegativeAmount Money discount) {

  /** What a line is of; providers sum each up by itself. */
  public enum Kind {
    /** What is sold. */
    GOODS,
    /** Bringing it to the customer. */
    SHIPPING,
    /** Taxes that are not in the other lines' prices. */
    TAX
  }

  /** Something that is sold, without a discount. */
  public static ChargeLine of(String description, int quantity, Money unitPrice) {
    return new ChargeLine(Kind.GOODS, description, quantity, unitPrice, unitPrice.multipliedBy(0));
  }

  /** This, as a line of another kind. */
  public ChargeLine as(Kind other) {
    return new ChargeLine(other, description, quantity, unitPrice, discount);
  }

  /** This, with something taken off. */
  public ChargeLine less(Money off) {
    return new ChargeLine(kind, description, quantity, unitPrice, off);
  }

  /** Quantity times unit price. */
  public Money price() {
    return unitPrice.multipliedBy(quantity);
  }

  /** What is to be paid for the line: its price less its discount. */
  public Money amount() {
    return price().minus(discount);
  }
}
