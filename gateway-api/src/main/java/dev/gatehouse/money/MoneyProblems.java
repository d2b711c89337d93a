package dev.gatehouse.money;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** The wording of every complaint of this package, in one place. */
final class MoneyProblems {
  /**
   * Some 60 digits: longer amounts are named, not shown, so that no message grows with its input.
   */
  private static final int LONGEST_SHOWN_BITS = 200;

  private MoneyProblems() {}

  static Problem required(String field) {
    return new Problem(field, "money.required", "is missing", "give a value");
  }

  static Problem pseudoCurrency(String field, CurrencyUnit currency) {
    return new Problem(
        field,
        "money.currency-unsupported",
        currency.getCode() + " is not a currency that anyone can pay in",
        "use a payment currency of ISO 4217");
  }

  /** What is wrong with a money value on its own: it is missing, or nobody can pay in it. */
  static List<Problem> ofMoney(String field, @Nullable Money money) {
    if (money == null) {
      return List.of(required(field));
    }
    CurrencyUnit currency = money.getCurrencyUnit();
    return currency.isPseudoCurrency() ? List.of(pseudoCurrency(field, currency)) : List.of();
  }

  static void refuseAny(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** A copy that nobody else can change, nulls kept so that they can be complained about. */
  static <T> List<@Nullable T> copyOf(String field, @Nullable Iterable<? extends T> values) {
    if (values == null) {
      throw new InvalidInputException(required(field));
    }
    List<@Nullable T> copy = new ArrayList<>();
    values.forEach(copy::add);
    return copy;
  }

  static String show(CurrencyUnit currency, BigDecimal amount) {
    return amount.unscaledValue().bitLength() > LONGEST_SHOWN_BITS
        ? "the amount in " + currency.getCode()
        : currency.getCode() + " " + amount.toPlainString();
  }

  static String show(Money money) {
    return show(money.getCurrencyUnit(), money.getAmount());
  }
}
