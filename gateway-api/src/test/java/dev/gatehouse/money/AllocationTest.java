package dev.gatehouse.money;

import static dev.gatehouse.money.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

  @ParameterizedTest
  @CsvSource({
    "USD 100.00, 1 1 1, 33.34 33.33 33.33",
    "USD 0.05, 3 7, 0.02 0.03",
    "USD 0.01, 1 1, 0.01 0.00",
    "USD 0.02, 1 1 1, 0.01 0.01 0.00",
    "USD -0.02, 1 1 1, -0.01 -0.01 0.00",
    "USD -100.00, 1 1 1, -33.34 -33.33 -33.33",
    "USD 0.00, 1 2, 0.00 0.00",
    "USD 10.00, 0 1 0 1, 0.00 5.00 0.00 5.00",
    "USD 0.01, 0 0 1, 0.00 0.00 0.01",
    "USD 1.00, 1 2 3, 0.17 0.33 0.50",
    "USD 1.01, 50 25 25, 0.51 0.25 0.25",
    "USD 1.00, 1 1 4, 0.17 0.17 0.66",
    "JPY 100, 1 1 1, 34 33 33",
    "JPY 1, 1 2, 0 1",
    "KWD 0.100, 1 1 1, 0.034 0.033 0.033",
    "CLF 0.0001, 1 1, 0.0001 0.0000",
    "USD 9.99, 0.5 0.25 0.25, 4.99 2.50 2.50",
    "USD 9.99, 5E+2 250 2.5E+2, 4.99 2.50 2.50",
    "USD 7.00, 7, 7.00",
    "USD 1000000000000000000000.01, 1 1, 500000000000000000000.01 500000000000000000000.00",
  })
  void shares_follow_the_largest_remainder(String total, String weights, String shares) {
    Money money = Money.parse(total);
    List<Money> expected =
        Arrays.stream(shares.split(" "))
            .map(share -> Money.of(money.getCurrencyUnit(), new BigDecimal(share)))
            .toList();
    List<BigDecimal> parsed = Arrays.stream(weights.split(" ")).map(BigDecimal::new).toList();
    assertThat(Allocation.byWeights(money, parsed)).isEqualTo(expected);
  }

  @Test
  void whole_weights_split_like_decimal_ones() {
    assertThat(Allocation.byWeights(Money.parse("EUR 10.00"), 2, 0, 1))
        .containsExactly(Money.parse("EUR 6.67"), Money.parse("EUR 0.00"), Money.parse("EUR 3.33"));
    assertThat(Allocation.byWeights(Money.parse("EUR 0.02"), Long.MAX_VALUE, Long.MAX_VALUE))
        .containsOnly(Money.parse("EUR 0.01"));
  }

  @Test
  void equal_parts_give_what_is_left_over_to_the_first() {
    assertThat(Allocation.evenly(Money.parse("USD 0.05"), 3))
        .containsExactly(Money.parse("USD 0.02"), Money.parse("USD 0.02"), Money.parse("USD 0.01"));
    assertThat(Allocation.evenly(Money.parse("USD 0.05"), 1))
        .containsExactly(Money.parse("USD 0.05"));
    assertThat(Allocation.evenly(Money.parse("USD 1.00"), 10_000))
        .hasSize(10_000)
        .startsWith(Money.parse("USD 0.01"))
        .endsWith(Money.parse("USD 0.00"));
  }

  @Test
  void shares_sum_exactly_stay_within_one_minor_unit_and_keep_the_order_of_weights() {
    long seed = 1792;
    Random random = new Random(seed);
    List<CurrencyUnit> currencies = List.copyOf(CurrencyProfile.iso().currencies());
    for (int round = 0; round < 3_000; round++) {
      CurrencyUnit currency = currencies.get(random.nextInt(currencies.size()));
      Money total = Money.ofMinor(currency, random.nextLong() >> random.nextInt(64));
      List<BigDecimal> weights = weights(random);
      List<Money> shares = Allocation.byWeights(total, weights);
      String story = "seed %d, round %d: %s over %s".formatted(seed, round, total, weights);
      assertThat(shares).as(story).hasSameSizeAs(weights);
      assertThat(MoneyMath.sum(currency, shares)).as(story).isEqualTo(total);
      assertFair(story, total, weights, shares);
      assertThat(Allocation.byWeights(total.negated(), weights))
          .as(story)
          .isEqualTo(shares.stream().map(Money::negated).toList());
    }
  }

  private static List<BigDecimal> weights(Random random) {
    int scale = random.nextInt(5) - 1;
    List<BigDecimal> weights = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      weights.add(BigDecimal.valueOf(random.nextInt(3) == 0 ? 0 : random.nextInt(500), scale));
    }
    weights.set(
        random.nextInt(count), BigDecimal.valueOf(1 + random.nextInt(9), random.nextInt(3)));
    return weights;
  }

  /** |share - total·weight/sum| is less than one minor unit, compared without dividing. */
  private static void assertFair(
      String story, Money total, List<BigDecimal> weights, List<Money> shares) {
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal unit = BigDecimal.ONE.movePointLeft(total.getScale());
    for (int i = 0; i < weights.size(); i++) {
      BigDecimal exact = total.getAmount().multiply(weights.get(i));
      BigDecimal given = shares.get(i).getAmount().multiply(sum);
      assertThat(given.subtract(exact).abs()).as(story).isLessThan(unit.multiply(sum));
      if (weights.get(i).signum() == 0) {
        assertThat(shares.get(i).isZero()).as(story).isTrue();
      }
      for (int j = 0; j < i; j++) {
        int weight = weights.get(j).compareTo(weights.get(i));
        int share = shares.get(j).getAmount().abs().compareTo(shares.get(i).getAmount().abs());
        // A heavier line never gets less; of equal lines the earlier never gets less.
        assertThat(weight < 0 ? -share : share).as(story).isNotNegative();
      }
    }
  }

  @Test
  void weights_without_a_positive_one_are_refused() {
    Money total = Money.parse("USD 1.00");
    assertRefused(() -> Allocation.byWeights(total, 0, 0))
        .containsExactly("weights money.weights-all-zero");
    assertRefused(() -> Allocation.byWeights(total, List.of(new BigDecimal("0.00"))))
        .containsExactly("weights money.weights-all-zero");
    assertRefused(() -> Allocation.byWeights(total, List.of()))
        .containsExactly("weights money.parts-out-of-range");
  }

  @Test
  @SuppressWarnings("NullAway")
  void every_bad_weight_is_named() {
    List<BigDecimal> weights =
        Arrays.asList(
            new BigDecimal("-0.01"),
            null,
            new BigDecimal("1E+1000000000"),
            new BigDecimal("1E-1000000000"),
            new BigDecimal(BigInteger.ONE.shiftLeft(200)),
            BigDecimal.ONE);
    assertRefused(() -> Allocation.byWeights(Money.parse("XXX 1"), weights))
        .containsExactly(
            "total money.currency-unsupported",
            "weights[0] money.weight-negative",
            "weights[1] money.required",
            "weights[2] money.weight-too-long",
            "weights[3] money.weight-too-long",
            "weights[4] money.weight-too-long");
  }

  @Test
  void the_longest_weights_still_split() {
    List<BigDecimal> weights =
        List.of(
            new BigDecimal("1E+60"),
            new BigDecimal("1E-60"),
            new BigDecimal(BigInteger.ONE.shiftLeft(199)));
    List<Money> shares = Allocation.byWeights(Money.parse("USD 1.00"), weights);
    assertThat(shares)
        .containsExactly(Money.parse("USD 0.55"), Money.parse("USD 0.00"), Money.parse("USD 0.45"));
    Money total = Money.parse("USD 1.00");
    assertRefused(() -> Allocation.byWeights(total, List.of(new BigDecimal("1E+61"))))
        .containsExactly("weights[0] money.weight-too-long");
    assertRefused(() -> Allocation.byWeights(total, List.of(new BigDecimal("1E-61"))))
        .containsExactly("weights[0] money.weight-too-long");
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_is_refused_with_its_place() {
    assertRefused(() -> Allocation.byWeights(null, 1)).containsExactly("total money.required");
    assertRefused(() -> Allocation.evenly(null, 0))
        .containsExactly("total money.required", "parts money.parts-out-of-range");
    assertRefused(() -> Allocation.byWeights(Money.parse("USD 1.00"), (long[]) null))
        .containsExactly("weights money.required");
    assertRefused(() -> Allocation.byWeights(Money.parse("USD 1.00"), (List<BigDecimal>) null))
        .containsExactly("weights money.required");
  }

  @Test
  void a_number_of_parts_out_of_range_is_refused() {
    Money total = Money.parse("USD 1.00");
    for (int parts : new int[] {Integer.MIN_VALUE, -1, 0, 10_001, Integer.MAX_VALUE}) {
      assertRefused(() -> Allocation.evenly(total, parts))
          .containsExactly("parts money.parts-out-of-range");
    }
    List<BigDecimal> most = Collections.nCopies(10_000, BigDecimal.ONE);
    assertThat(Allocation.byWeights(total, most)).hasSize(10_000);
    List<BigDecimal> tooMany = Collections.nCopies(10_001, BigDecimal.ONE.negate());
    assertRefused(() -> Allocation.byWeights(total, tooMany))
        .hasSize(10_001)
        .startsWith("weights money.parts-out-of-range")
        .endsWith("weights[9999] money.weight-negative");
  }

  @Test
  void a_list_that_changes_afterwards_changes_nothing() {
    List<BigDecimal> weights = new ArrayList<>(List.of(BigDecimal.ONE, BigDecimal.ONE));
    List<Money> shares = Allocation.byWeights(Money.parse("USD 1.00"), weights);
    weights.clear();
    assertThat(shares).hasSize(2);
    assertThat(IntStream.range(0, 2).mapToObj(shares::get)).containsOnly(Money.parse("USD 0.50"));
  }
}
