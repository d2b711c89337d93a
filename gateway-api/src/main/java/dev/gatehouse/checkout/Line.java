package dev.gatehouse.checkout;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.spi.ChargeLine.Kind;
import dev.gatehouse.validation.NonNegativeAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.joda.money.Money;

/**
 * One line of a checkout.
 *
 * @param kind what it is of: goods, their shipping, or a tax that is not in the other lines' prices
 * @param description for customers
 * @param quantity how many, 1 to 100,000
 * @param unitPrice the price of one; zero or more
 * @param discount what is taken off the whole line; zero or more, at most the line's price
 */
public record Line(
    @NotNull Kind kind,
    @NotNull @SingleLine(max = 255) String description,
    @Min(1) @Max(100_000) int quantity,
    @NotNull @NonNegativeAmount Money unitPrice,
    @NotNull @NonNegativeAmount Money discount) {

  /** Something that is sold, without a discount. */
  public static Line of(String description, int quantity, Money unitPrice) {
    return of(Kind.GOODS, description, quantity, unitPrice);
  }

  /** Bringing the goods to the customer. */
  public static Line shipping(String description, Money price) {
    return of(Kind.SHIPPING, description, 1, price);
  }

  /** A tax that is not in the other lines' prices. */
  public static Line tax(String description, Money amount) {
    return of(Kind.TAX, description, 1, amount);
  }

  private static Line of(Kind kind, String description, int quantity, Money unitPrice) {
    Money none = required("unitPrice", unitPrice).multipliedBy(0);
    return new Line(kind, description, quantity, unitPrice, none);
  }

  /** This, with something taken off. */
  public Line less(Money off) {
    return new Line(kind, description, quantity, unitPrice, off);
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
