package dev.gatehouse.money;

import static dev.gatehouse.money.MoneyProblems.show;

import dev.gatehouse.error.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * How one gateway writes one currency.
 *
 * @param currency the currency
 * @param decimals how many decimals the gateway's minor unit has
 * @param multiple every amount is a multiple of this many minor units of the gateway
 * @param minimum the least that may be charged, or null
 * @param maximum the most that may be charged, or null
 */
record CurrencyRule(
    CurrencyUnit currency,
    int decimals,
    long multiple,
    @Nullable Money minimum,
    @Nullable Money maximum) {

  /** Why the amount can't be written here and read back as the same money; empty if it can. */
  List<Problem> unwritable(String field, BigDecimal amount) {
    List<Problem> problems = unreadable(field, amount);
    BigDecimal step = BigDecimal.valueOf(multiple, decimals);
    boolean inUnits = isWhole(amount, decimals);
    if (inUnits && amount.remainder(step).signum() != 0) {
      problems.add(notAMultiple(field, amount));
    }
    return problems;
  }

  /**
   * Why the amount is no exact money here; empty if it is. What others did need not keep to the
   * steps that we must keep to.
   */
  List<Problem> unreadable(String field, BigDecimal amount) {
    List<Problem> problems = new ArrayList<>();
    BigDecimal units = amount.movePointRight(decimals);
    // The truncated value only serves comparison; it never leaves this method.
    BigInteger whole = units.toBigInteger();
    boolean inUnits = units.compareTo(new BigDecimal(whole)) == 0;
    if (!inUnits) {
      problems.add(tooPrecise(field, amount, decimals, "at this gateway"));
    } else if (!isWhole(amount, currency.getDecimalPlaces())) {
      problems.add(tooPrecise(field, amount, currency.getDecimalPlaces(), "in ISO 4217"));
    }
    if (whole.bitLength() >= Long.SIZE) {
      problems.add(overflow(field, amount));
    }
    return problems;
  }

  /** Why the money may not be charged, though it could be written; empty if it may. */
  List<Problem> outsideLimits(String field, Money money) {
    List<Problem> problems = new ArrayList<>();
    if (minimum != null && money.isLessThan(minimum)) {
      problems.add(
          new Problem(
              field,
              "money.below-minimum",
              show(money) + " is less than the minimum of this gateway",
              "give at least " + show(minimum),
              Map.of("min", show(minimum))));
    }
    if (maximum != null && money.isGreaterThan(maximum)) {
      problems.add(
          new Problem(
              field,
              "money.above-maximum",
              show(money) + " is more than the maximum of this gateway",
              "give at most " + show(maximum),
              Map.of("max", show(maximum))));
    }
    return problems;
  }

  Problem tooManyDecimals(String field, BigDecimal amount) {
    return tooPrecise(field, amount, decimals, "at this gateway");
  }

  /** The smallest positive amount that is exact here and in ISO 4217: their common step. */
  Money smallest() {
    int finest = Math.max(decimals, currency.getDecimalPlaces());
    BigInteger ours = BigInteger.valueOf(multiple).multiply(BigInteger.TEN.pow(finest - decimals));
    BigInteger iso = BigInteger.TEN.pow(finest - currency.getDecimalPlaces());
    BigInteger common = ours.multiply(iso).divide(ours.gcd(iso));
    return money(new BigDecimal(common, finest));
  }

  /**
   * The amount as money; it must be exact in the currency, as what {@link #unwritable} lets pass.
   */
  Money money(BigDecimal amount) {
    return Money.of(currency, amount.setScale(currency.getDecimalPlaces()));
  }

  private static boolean isWhole(BigDecimal amount, int decimals) {
    return amount.setScale(decimals, RoundingMode.DOWN).compareTo(amount) == 0;
  }

  private Problem tooPrecise(String field, BigDecimal amount, int allowed, String where) {
    // Joined, not formatted: a format would write the digits of the default locale.
    String limit = allowed + " of " + currency.getCode() + " " + where;
    return new Problem(
        field,
        "money.too-precise",
        show(currency, amount) + " has more decimals than the " + limit,
        "give a multiple of " + show(smallest()) + "; nothing is rounded",
        Map.of("step", show(smallest())));
  }

  private Problem notAMultiple(String field, BigDecimal amount) {
    return new Problem(
        field,
        "money.not-a-multiple",
        show(currency, amount) + " falls between the steps that this gateway takes",
        "give a multiple of " + show(smallest()) + "; nothing is rounded",
        Map.of("step", show(smallest())));
  }

  private Problem overflow(String field, BigDecimal amount) {
    return new Problem(
        field,
        "money.overflow",
        show(currency, amount) + " does not fit into 64 bits of minor units",
        "give a smaller amount");
  }
}
