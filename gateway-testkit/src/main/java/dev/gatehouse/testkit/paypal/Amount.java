package dev.gatehouse.testkit.paypal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Money as PayPal writes it: a code and a decimal. Knows nothing of our own currency profile. */
record Amount(String currency, BigDecimal value) {
  /** The currencies that PayPal takes. */
  static final Set<String> CURRENCIES =
      Set.of(
          "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "EUR", "HKD", "HUF", "ILS", "JPY", "MYR", "MXN",
          "TWD", "NZD", "NOK", "PHP", "PLN", "GBP", "SGD", "SEK", "CHF", "THB", "USD");

  private static final Set<String> WHOLE = Set.of("HUF", "JPY", "TWD");

  static boolean isWhole(String currency) {
    return WHOLE.contains(currency);
  }

  String text() {
    return value.setScale(isWhole(currency) ? 0 : 2, RoundingMode.UNNECESSARY).toPlainString();
  }

  Amount plus(Amount other) {
    return new Amount(currency, value.add(other.value));
  }

  Amount minus(Amount other) {
    return new Amount(currency, value.subtract(other.value));
  }

  Amount zero() {
    return new Amount(currency, BigDecimal.ZERO);
  }

  boolean isMoreThan(Amount other) {
    return value.compareTo(other.value) > 0;
  }

  boolean isZero() {
    return value.signum() == 0;
  }

  /** The most that may be captured or reauthorised in place of it: 115 %, rounded down. */
  Amount most() {
    BigDecimal most = value.multiply(BigDecimal.valueOf(115)).movePointLeft(2);
    return new Amount(currency, most.setScale(isWhole(currency) ? 0 : 2, RoundingMode.DOWN));
  }

  Money money() {
    CurrencyUnit unit = CurrencyUnit.of(currency);
    return Money.of(unit, value.setScale(unit.getDecimalPlaces(), RoundingMode.UNNECESSARY));
  }

  static Amount of(Money money) {
    return new Amount(money.getCurrencyUnit().getCode(), money.getAmount());
  }
}
