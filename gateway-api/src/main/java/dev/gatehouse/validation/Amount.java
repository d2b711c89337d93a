package dev.gatehouse.validation;

import org.joda.money.Money;

/** The greatest amount that anyone could write to a provider. */
final class Amount {
  /** The code of the problem. */
  static final String TOO_MUCH = "money.overflow";

  /** So many fit a {@code long}, whichever they are. */
  private static final int DIGITS_OF_ANY_LONG = 18;

  private Amount() {}

  /** Whether the amount, in minor units, fits a {@code long}. */
  static boolean isWritable(Money amount) {
    return amount.getAmount().precision() <= DIGITS_OF_ANY_LONG
        || amount.getAmountMinor().unscaledValue().bitLength() < Long.SIZE;
  }
}
