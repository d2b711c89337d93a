package dev.gatehouse.testkit.stripe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;

/** Stripe's way to write amounts: whole minor units, with its own idea of some currencies. */
final class Amounts {
  private static final Set<String> ZERO =
      Set.of(
          "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
          "xof", "xpf");
  private static final Set<String> THREE = Set.of("bhd", "jod", "kwd", "omr", "tnd");

  /** Have no fraction, and are written with two digits for one all the same. */
  private static final Set<String> WHOLE_IN_HUNDREDS = Set.of("isk", "ugx");

  private static final Map<String, Long> LEAST =
      Map.of(
          "usd", 50L, "eur", 50L, "gbp", 30L, "jpy", 50L, "chf", 50L, "cad", 50L, "dkk", 250L,
          "sek", 300L, "nok", 300L, "pln", 200L);
  private static final long MOST = 99_999_999;

  /** Of some currencies it takes more, of which some with cards alone. */
  private static final Map<String, Long> MORE =
      Map.of(
          "cop", 9_999_999_999L,
          "huf", 9_999_999_999L,
          "idr", 999_999_999_999L,
          "inr", 999_999_999L,
          "jpy", 9_999_999_999L,
          "lbp", 99_999_999_999L);

  private Amounts() {}

  /** Refuses what can't be charged. */
  static void check(long minor, String currency) {
    if (!isKnown(currency)) {
      throw ApiError.parameter(
          null, "currency", "Invalid currency: " + currency + ". Stripe does not support it.");
    }
    if (minor < 1) {
      throw ApiError.parameter(
          "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
    }
    if (minor < LEAST.getOrDefault(currency, 1L)) {
      throw ApiError.parameter(
          "amount_too_small", "amount", "Amount must be at least " + LEAST.get(currency) + ".");
    }
    long most = MORE.getOrDefault(currency, MOST);
    if (minor > most) {
      throw ApiError.parameter("amount_too_large", "amount", "Amount must be no more than " + most);
    }
    step(minor, currency, "amount");
  }

  /** Refuses what falls between the steps of a currency. */
  static void step(long minor, String currency, String param) {
    int step = WHOLE_IN_HUNDREDS.contains(currency) ? 100 : THREE.contains(currency) ? 10 : 1;
    if (minor % step != 0) {
      throw ApiError.parameter(
          null,
          param,
          "Amounts in " + currency.toUpperCase(Locale.ROOT) + " must be divisible by " + step);
    }
  }

  private static boolean isKnown(String currency) {
    if (!currency.matches("[a-z]{3}") || Set.of("clf", "iqd", "lyd", "xxx").contains(currency)) {
      return false;
    }
    try {
      return !CurrencyUnit.of(currency.toUpperCase(Locale.ROOT)).isPseudoCurrency();
    } catch (IllegalCurrencyException e) {
      return false;
    }
  }

  private static int digits(String currency) {
    return ZERO.contains(currency) ? 0 : THREE.contains(currency) ? 3 : 2;
  }

  static Money money(long minor, String currency) {
    CurrencyUnit unit = CurrencyUnit.of(currency.toUpperCase(Locale.ROOT));
    return Money.of(unit, BigDecimal.valueOf(minor, digits(currency)), RoundingMode.UNNECESSARY);
  }

  /** The minor units of an amount that a test names. */
  static long minor(Money money) {
    String currency = currency(money);
    return money.getAmount().movePointRight(digits(currency)).longValueExact();
  }

  static String currency(Money money) {
    return money.getCurrencyUnit().getCode().toLowerCase(Locale.ROOT);
  }
}
