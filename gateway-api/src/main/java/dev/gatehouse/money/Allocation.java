package dev.gatehouse.money;

import static dev.gatehouse.money.MoneyProblems.copyOf;
import static dev.gatehouse.money.MoneyProblems.ofMoney;
import static dev.gatehouse.money.MoneyProblems.refuseAny;
import static dev.gatehouse.money.MoneyProblems.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Splits money over lines so that the shares sum exactly to the total.
 *
 * <p>The method is that of the largest remainder (Hamilton): each line gets its exact share cut
 * down to whole minor units of the currency, and the units left over go one each to the lines that
 * lost most, the earlier line first where they lost the same. So every share is less than one minor
 * unit away from its exact value, and a line of weight zero gets nothing. A negative total is split
 * as the mirror image of the positive one. Pure functions, safe for use by many threads.
 */
public final class Allocation {
  private static final int MOST_PARTS = 10_000;

  /** Far beyond any price, quantity or ratio; short enough to compute with. */
  private static final int MOST_WEIGHT_BITS = 200;

  private static final int MOST_WEIGHT_SCALE = 60;

  private Allocation() {}

  /**
   * Splits the total in proportion to the weights; the shares come in the order of the weights.
   *
   * @param weights 1 to 10,000 weights, none negative, at least one positive; each of at most some
   *     60 digits, before or after the point
   * @throws InvalidInputException naming {@code total}, {@code weights} or {@code weights[i]}
   */
  public static List<Money> byWeights(Money total, List<BigDecimal> weights) {
    List<@Nullable BigDecimal> copy = copyOf("weights", weights);
    List<Problem> problems = new ArrayList<>(ofMoney("total", total));
    addCountProblems("weights", copy.size(), problems);
    for (int i = 0; i < copy.size() && i < MOST_PARTS; i++) {
      addWeightProblems("weights[" + i + "]", copy.get(i), problems);
    }
    refuseAny(problems);
    return split(total, wholeWeights(copy.stream().map(Objects::requireNonNull).toList()));
  }

  /**
   * Splits the total in proportion to whole weights, such as quantities; otherwise as {@link
   * #byWeights(Money, List)}.
   *
   * @throws InvalidInputException naming {@code total}, {@code weights} or {@code weights[i]}
   */
  public static List<Money> byWeights(Money total, long... weights) {
    if (weights == null) {
      throw new InvalidInputException(required("weights"));
    }
    return byWeights(total, Arrays.stream(weights).mapToObj(BigDecimal::valueOf).toList());
  }

  /**
   * Splits the total into equal parts; what is left over goes to the first parts, one minor unit
   * each.
   *
   * @param parts 1 to 10,000
   * @throws InvalidInputException naming {@code total} or {@code parts}
   */
  public static List<Money> evenly(Money total, int parts) {
    List<Problem> problems = new ArrayList<>(ofMoney("total", total));
    addCountProblems("parts", parts, problems);
    refuseAny(problems);
    return split(total, Collections.nCopies(parts, BigInteger.ONE));
  }

  private static List<Money> split(Money total, List<BigInteger> weights) {
    BigInteger sum = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.signum() == 0) {
      throw new InvalidInputException(
          new Problem(
              "weights",
              "money.weights-all-zero",
              "all weights are zero",
              "give at least one positive weight"));
    }
    BigInteger units = total.getAmount().unscaledValue();
    BigInteger left = units.abs();
    List<BigInteger> shares = new ArrayList<>();
    List<BigInteger> lost = new ArrayList<>();
    for (BigInteger weight : weights) {
      BigInteger[] share = units.abs().multiply(weight).divideAndRemainder(sum);
      shares.add(share[0]);
      lost.add(share[1]);
      left = left.subtract(share[0]);
    }
    // The sort is stable, so that of equal losses the earlier line comes first.
    IntStream.range(0, weights.size())
        .boxed()
        .sorted(Comparator.comparing(lost::get, Comparator.reverseOrder()))
        .limit(left.longValueExact())
        .forEach(line -> shares.set(line, shares.get(line).add(BigInteger.ONE)));
    return shares.stream().map(share -> money(total, share)).toList();
  }

  private static Money money(Money total, BigInteger share) {
    BigInteger signed = total.isNegative() ? share.negate() : share;
    return Money.of(total.getCurrencyUnit(), new BigDecimal(signed, total.getScale()));
  }

  /** The same proportions in whole numbers. */
  private static List<BigInteger> wholeWeights(List<BigDecimal> weights) {
    int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
    return weights.stream().map(weight -> weight.setScale(scale).unscaledValue()).toList();
  }

  private static void addCountProblems(String field, int count, List<Problem> problems) {
    if (count < 1 || count > MOST_PARTS) {
      problems.add(
          new Problem(
              field,
              "money.parts-out-of-range",
              "nothing can be split into " + count + " parts",
              "give 1 to " + MOST_PARTS));
    }
  }

  private static void addWeightProblems(
      String field, @Nullable BigDecimal weight, List<Problem> problems) {
    if (weight == null) {
      problems.add(required(field));
    } else if (weight.signum() < 0) {
      problems.add(
          new Problem(field, "money.weight-negative", "is a negative weight", "give zero or more"));
    } else if (weight.unscaledValue().bitLength() > MOST_WEIGHT_BITS
        || weight.scale() > MOST_WEIGHT_SCALE
        || weight.scale() < -MOST_WEIGHT_SCALE) {
      problems.add(
          new Problem(
              field,
              "money.weight-too-long",
              "is a weight of too many digits",
              "give at most " + MOST_WEIGHT_SCALE + " digits"));
    }
  }
}
