package dev.gatehouse.money;

import static dev.gatehouse.money.MoneyProblems.copyOf;
import static dev.gatehouse.money.MoneyProblems.ofMoney;
import static dev.gatehouse.money.MoneyProblems.refuseAny;
import static dev.gatehouse.money.MoneyProblems.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** Arithmetic on money that refuses to mix currencies. Pure functions, safe for many threads. */
public final class MoneyMath {
  private MoneyMath() {}

  /**
   * The sum of the amounts, which is zero of the currency if there are none.
   *
   * @throws InvalidInputException if the currency or an amount is missing, nobody can pay in the
   *     currency, or an amount is of another currency; names {@code currency}, {@code amounts} or
   *     {@code amounts[i]}
   */
  public static Money sum(CurrencyUnit currency, Collection<Money> amounts) {
    if (currency == null) {
      throw new InvalidInputException(required("currency"));
    }
    Money sum = Money.zero(currency);
    List<Problem> problems = new ArrayList<>(ofMoney("currency", sum));
    List<@Nullable Money> copy = copyOf("amounts", amounts);
    for (int i = 0; i < copy.size(); i++) {
      Money amount = copy.get(i);
      String field = "amounts[" + i + "]";
      if (amount == null) {
        problems.add(required(field));
      } else if (!amount.getCurrencyUnit().equals(currency)) {
        problems.add(otherCurrency(field, amount.getCurrencyUnit(), currency));
      } else {
        sum = sum.plus(amount);
      }
    }
    refuseAny(problems);
    return sum;
  }

  private static Problem otherCurrency(String field, CurrencyUnit found, CurrencyUnit wanted) {
    return new Problem(
        field,
        "money.other-currency",
        "is in %s, not in %s".formatted(found.getCode(), wanted.getCode()),
        "give an amount in " + wanted.getCode());
  }
}
