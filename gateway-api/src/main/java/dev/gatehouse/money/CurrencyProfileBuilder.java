package dev.gatehouse.money;

import static dev.gatehouse.money.MoneyProblems.ofMoney;
import static dev.gatehouse.money.MoneyProblems.refuseAny;
import static dev.gatehouse.money.MoneyProblems.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Collects where a gateway differs from ISO 4217, then builds its {@link CurrencyProfile}.
 *
 * <p>Of two calls about the same currency the later counts. What is said about a currency that the
 * gateway does not take is without effect. Mistakes are collected, and {@link #build()} throws them
 * all at once. For one thread.
 */
public final class CurrencyProfileBuilder {
  /** With more, not even one whole unit of a currency would fit into 64 bits. */
  private static final int MOST_DECIMALS = 18;

  private final Map<CurrencyUnit, Integer> decimals = new TreeMap<>();
  private final Map<CurrencyUnit, Long> multiples = new TreeMap<>();
  private final Map<CurrencyUnit, Money> minimums = new TreeMap<>();
  private final Map<CurrencyUnit, Money> maximums = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private Set<CurrencyUnit> currencies;

  CurrencyProfileBuilder() {
    currencies = new TreeSet<>(CurrencyUnit.registeredCurrencies());
    currencies.removeIf(CurrencyUnit::isPseudoCurrency);
  }

  CurrencyProfileBuilder(Map<CurrencyUnit, CurrencyRule> rules) {
    currencies = new TreeSet<>(rules.keySet());
    for (CurrencyRule rule : rules.values()) {
      decimals.put(rule.currency(), rule.decimals());
      multiples.put(rule.currency(), rule.multiple());
      putIfPresent(minimums, rule.minimum());
      putIfPresent(maximums, rule.maximum());
    }
  }

  /** The gateway takes these currencies and no others, whatever was said before. */
  public CurrencyProfileBuilder only(String... codes) {
    Set<CurrencyUnit> chosen = new TreeSet<>();
    eachCurrency("only", codes, chosen::add);
    currencies = chosen;
    return this;
  }

  /** The gateway's minor unit of these currencies has so many decimals, 0 to 18. */
  public CurrencyProfileBuilder decimals(int count, String... codes) {
    if (count < 0 || count > MOST_DECIMALS) {
      problems.add(
          new Problem(
              "decimals",
              "money.decimals-out-of-range",
              count + " decimals are not possible",
              "give 0 to " + MOST_DECIMALS));
    }
    eachCurrency("decimals", codes, currency -> decimals.put(currency, count));
    return this;
  }

  /**
   * Amounts of these currencies are multiples of so many minor units of the gateway, at least 1.
   */
  public CurrencyProfileBuilder multipleOf(long minorUnits, String... codes) {
    if (minorUnits < 1) {
      problems.add(
          new Problem(
              "multipleOf",
              "money.multiple-out-of-range",
              minorUnits + " is no step between amounts",
              "give 1 or more"));
    }
    eachCurrency("multipleOf", codes, currency -> multiples.put(currency, minorUnits));
    return this;
  }

  /** The least that may be charged in the currency of the money. */
  public CurrencyProfileBuilder minimum(Money money) {
    limit("minimum", money, minimums);
    return this;
  }

  /** The most that may be charged in the currency of the money. */
  public CurrencyProfileBuilder maximum(Money money) {
    limit("maximum", money, maximums);
    return this;
  }

  /**
   * The profile.
   *
   * @throws InvalidInputException with everything that is wrong: an unknown or a pseudo-currency,
   *     no currency at all, decimals or multiples out of range, limits that the gateway itself
   *     can't write, a minimum above its maximum; each names the method that was called
   */
  public CurrencyProfile build() {
    refuseAny(problems);
    List<Problem> found = new ArrayList<>();
    if (currencies.isEmpty()) {
      found.add(
          new Problem(
              "only", "money.no-currency", "leaves no currency", "name at least one currency"));
    }
    Map<CurrencyUnit, CurrencyRule> rules = new TreeMap<>();
    for (CurrencyUnit currency : currencies) {
      CurrencyRule rule = rule(currency);
      checkLimits(rule, found);
      rules.put(currency, rule);
    }
    refuseAny(found);
    return new CurrencyProfile(rules);
  }

  private CurrencyRule rule(CurrencyUnit currency) {
    return new CurrencyRule(
        currency,
        decimals.getOrDefault(currency, currency.getDecimalPlaces()),
        multiples.getOrDefault(currency, 1L),
        minimums.get(currency),
        maximums.get(currency));
  }

  private static void checkLimits(CurrencyRule rule, List<Problem> found) {
    Money minimum = rule.minimum();
    Money maximum = rule.maximum();
    if (minimum != null) {
      found.addAll(rule.unwritable("minimum", minimum.getAmount()));
    }
    if (maximum != null) {
      found.addAll(rule.unwritable("maximum", maximum.getAmount()));
    }
    if (minimum != null && maximum != null && minimum.isGreaterThan(maximum)) {
      found.add(
          new Problem(
              "minimum",
              "money.limits-crossed",
              "the minimum in " + rule.currency().getCode() + " is above the maximum",
              "give a minimum that is at most the maximum"));
    }
  }

  private void limit(String field, @Nullable Money money, Map<CurrencyUnit, Money> limits) {
    List<Problem> wrong = ofMoney(field, money);
    problems.addAll(wrong);
    if (wrong.isEmpty()) {
      putIfPresent(limits, money);
    }
  }

  private void eachCurrency(
      String field, String @Nullable [] codes, Consumer<CurrencyUnit> action) {
    if (codes == null) {
      problems.add(required(field));
      return;
    }
    for (String code : codes) {
      try {
        CurrencyUnit currency = CurrencyProfile.parseCode(field, code);
        if (currency.isPseudoCurrency()) {
          problems.add(MoneyProblems.pseudoCurrency(field, currency));
        } else {
          action.accept(currency);
        }
      } catch (InvalidInputException refused) {
        problems.addAll(refused.problems());
      }
    }
  }

  private static void putIfPresent(Map<CurrencyUnit, Money> limits, @Nullable Money money) {
    if (money != null) {
      limits.put(money.getCurrencyUnit(), money);
    }
  }
}
