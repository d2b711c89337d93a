package dev.gatehouse.money;

import static dev.gatehouse.money.MoneyProblems.refuseAny;
import static dev.gatehouse.money.MoneyProblems.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Says how one gateway writes money, and converts exactly both ways between {@link Money} and the
 * provider's minor units or decimal strings.
 *
 * <p>A currency has the decimals of ISO 4217 unless the gateway differs. What can't be written
 * exactly is refused with {@link InvalidInputException} and never rounded. Codes of problems:
 * {@code money.required}, {@code money.currency-unknown}, {@code money.currency-unsupported},
 * {@code money.malformed}, {@code money.too-long}, {@code money.too-precise}, {@code
 * money.not-a-multiple}, {@code money.overflow}, {@code money.below-minimum}, {@code
 * money.above-maximum}.
 *
 * <p>Reading undoes writing. It takes more: steps ({@link CurrencyProfileBuilder#multipleOf}) are
 * for what we write, because others may have done otherwise at the provider. Negative amounts and
 * zero are written like any other. The minimum and the maximum concern what may be charged: {@link
 * #check} applies them; writing and reading do not, because a partial refund, a fee or a line may
 * well be smaller than the smallest charge. Immutable and safe for use by many threads.
 */
public final class CurrencyProfile {
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

  /** A sign, a point, 19 digits of a long, and room to call somewhat more an overflow. */
  private static final int LONGEST_DECIMAL = 40;

  private final SortedMap<CurrencyUnit, CurrencyRule> rules;

  CurrencyProfile(Map<CurrencyUnit, CurrencyRule> rules) {
    this.rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
  }

  /** Every payment currency, with the decimals of ISO 4217 and no limits. */
  public static CurrencyProfile iso() {
    return builder().build();
  }

  /** A builder that starts from {@link #iso()}. */
  public static CurrencyProfileBuilder builder() {
    return new CurrencyProfileBuilder();
  }

  /** A builder that starts from this profile. */
  public CurrencyProfileBuilder toBuilder() {
    return new CurrencyProfileBuilder(rules);
  }

  /** The currencies that the gateway takes, in the order of their codes. */
  public Set<CurrencyUnit> currencies() {
    return rules.keySet();
  }

  /** Whether the gateway takes the currency; no for null. */
  public boolean supports(@Nullable CurrencyUnit currency) {
    return currency != null && rules.containsKey(currency);
  }

  /** How many decimals the gateway's minor unit of the currency has. */
  public int decimals(CurrencyUnit currency) {
    return rule("currency", currency).decimals();
  }

  /** The smallest positive amount that the gateway can write. */
  public Money smallest(CurrencyUnit currency) {
    return rule("currency", currency).smallest();
  }

  /** The least that may be charged in the currency, if the gateway says so. */
  public Optional<Money> minimum(CurrencyUnit currency) {
    return Optional.ofNullable(rule("currency", currency).minimum());
  }

  /** The most that may be charged in the currency, if the gateway says so. */
  public Optional<Money> maximum(CurrencyUnit currency) {
    return Optional.ofNullable(rule("currency", currency).maximum());
  }

  /**
   * The supported currency with this ISO 4217 code, three ASCII letters in either case.
   *
   * @param field where the code came from, for the complaint
   * @throws InvalidInputException if there is no such currency, or the gateway does not take it
   */
  public CurrencyUnit currency(String field, @Nullable String code) {
    CurrencyUnit currency = parseCode(fieldName(field), code);
    rule(field, currency);
    return currency;
  }

  /**
   * Every reason why this gateway can't charge the money: it can't write it, or it is outside the
   * limits. Empty if it can.
   *
   * @param field where the money came from, such as {@code lines[0].amount}
   */
  public List<Problem> check(String field, @Nullable Money money) {
    List<Problem> problems = new ArrayList<>(unwritable(fieldName(field), money));
    if (money != null && supports(money.getCurrencyUnit())) {
      problems.addAll(rule(field, money.getCurrencyUnit()).outsideLimits(field, money));
    }
    return List.copyOf(problems);
  }

  /**
   * The money in the gateway's minor units.
   *
   * @throws InvalidInputException if it can't be written exactly, naming the field {@code amount}
   */
  public long toMinor(Money money) {
    return toWire(money).unscaledValue().longValueExact();
  }

  /**
   * The money that so many of the gateway's minor units are; no multiple of anything, as others may
   * have done it.
   *
   * @throws InvalidInputException if that is no exact amount of the currency, or the gateway does
   *     not take the currency, naming the field {@code amount} or {@code currency}
   */
  public Money fromMinor(CurrencyUnit currency, long minor) {
    CurrencyRule rule = rule("currency", currency);
    return read(rule, BigDecimal.valueOf(minor, rule.decimals()));
  }

  /**
   * The money as a plain decimal with exactly the gateway's decimals, such as {@code -12.50}: ASCII
   * digits, a point if there are decimals, no exponent, no grouping, the same in every locale.
   *
   * @throws InvalidInputException if it can't be written exactly, naming the field {@code amount}
   */
  public String toDecimal(Money money) {
    return toWire(money).toPlainString();
  }

  /**
   * The money that a plain decimal is. Grammar: an optional minus, digits without needless leading
   * zeros, and optionally a point with at least one digit and at most the gateway's decimals; ASCII
   * only, no white space, no exponent, at most 40 characters.
   *
   * @throws InvalidInputException if the text is not such a decimal, or is no exact amount of the
   *     currency, or the gateway does not take the currency, naming the field {@code amount} or
   *     {@code currency}
   */
  public Money fromDecimal(CurrencyUnit currency, String decimal) {
    CurrencyRule rule = rule("currency", currency);
    BigDecimal amount = parseDecimal(decimal);
    if (amount.scale() > rule.decimals()) {
      // Even zeros are refused: a provider that writes other decimals than agreed is misread.
      throw new InvalidInputException(rule.tooManyDecimals("amount", amount));
    }
    return read(rule, amount);
  }

  /** The number of currencies, for a log. */
  @Override
  public String toString() {
    return "CurrencyProfile[" + rules.size() + " currencies]";
  }

  static CurrencyUnit parseCode(String field, @Nullable String code) {
    if (code == null) {
      throw new InvalidInputException(required(field));
    }
    String shown = "";
    if (isCode(code)) {
      shown = code.toUpperCase(Locale.ROOT);
      try {
        return CurrencyUnit.of(shown);
      } catch (IllegalCurrencyException unknown) {
        // Refused below, with the place.
      }
    }
    throw new InvalidInputException(
        new Problem(
            field,
            "money.currency-unknown",
            shown.isEmpty() ? "is not a currency code" : shown + " is not a known currency",
            "give a currency code of ISO 4217, such as EUR"));
  }

  private static boolean isCode(String code) {
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c >= 128 || !Character.isLetter(c)) {
        return false;
      }
    }
    return code.length() == 3;
  }

  private BigDecimal toWire(Money money) {
    refuseAny(unwritable("amount", money));
    return money.getAmount().setScale(decimals(money.getCurrencyUnit()));
  }

  private static Money read(CurrencyRule rule, BigDecimal amount) {
    refuseAny(rule.unreadable("amount", amount));
    return rule.money(amount);
  }

  private List<Problem> unwritable(String field, @Nullable Money money) {
    if (money == null) {
      return List.of(required(field));
    }
    CurrencyRule rule = rules.get(money.getCurrencyUnit());
    return rule == null
        ? List.of(unsupported(field, money.getCurrencyUnit()))
        : rule.unwritable(field, money.getAmount());
  }

  private CurrencyRule rule(String field, @Nullable CurrencyUnit currency) {
    if (currency == null) {
      throw new InvalidInputException(required(field));
    }
    CurrencyRule rule = rules.get(currency);
    if (rule == null) {
      throw new InvalidInputException(unsupported(field, currency));
    }
    return rule;
  }

  private static Problem unsupported(String field, CurrencyUnit currency) {
    if (currency.isPseudoCurrency()) {
      return MoneyProblems.pseudoCurrency(field, currency);
    }
    return new Problem(
        field,
        "money.currency-unsupported",
        "this gateway does not take " + currency.getCode(),
        "use a currency that the gateway supports");
  }

  private static BigDecimal parseDecimal(@Nullable String decimal) {
    if (decimal == null) {
      throw new InvalidInputException(required("amount"));
    }
    String remedy = "give a plain decimal such as 12.50";
    if (decimal.length() > LONGEST_DECIMAL) {
      throw new InvalidInputException(
          new Problem(
              "amount", "money.too-long", "has " + decimal.length() + " characters", remedy));
    }
    if (!DECIMAL.matcher(decimal).matches()) {
      // The text is not shown: it may hold anything.
      throw new InvalidInputException(
          new Problem("amount", "money.malformed", "is not a plain decimal number", remedy));
    }
    return new BigDecimal(decimal);
  }

  private static String fieldName(@Nullable String field) {
    if (field == null) {
      throw new InvalidInputException(required("field"));
    }
    return field;
  }
}
