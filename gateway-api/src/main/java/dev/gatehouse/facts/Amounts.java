package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import org.joda.money.Money;

/** What no amount in a fact may be: a gateway that says so has misread its provider. */
final class Amounts {
  private Amounts() {}

  static void demandNoneNegative(String field, Flat<Money> seen) {
    required(field, seen).values().forEach(amount -> demandNotNegative(field, amount));
  }

  static void demandNotNegative(String field, Money amount) {
    if (required(field, amount).isNegative()) {
      throw negative(field);
    }
  }

  static InvalidInputException negative(String field) {
    return new InvalidInputException(
        new Problem(
            field,
            "money.non-negative",
            "must not be a negative amount",
            "enter zero or an amount above it"));
  }

  /** The amount in minor units; refused when it is negative or no {@code long} holds it. */
  static long minor(String field, Money amount) {
    demandNotNegative(field, amount);
    if (amount.getAmountMinor().unscaledValue().bitLength() > Long.SIZE - 1) {
      throw new InvalidInputException(
          new Problem(field, "money.overflow", "is too much", "use a smaller amount"));
    }
    return amount.getAmountMinorLong();
  }
}
