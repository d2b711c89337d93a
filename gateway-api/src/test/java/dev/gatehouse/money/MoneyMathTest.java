package dev.gatehouse.money;

import static dev.gatehouse.money.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class MoneyMathTest {
  private static final Money ONE = Money.parse("USD 1.00");

  @Test
  void amounts_of_one_currency_are_summed_with_their_signs() {
    assertThat(
            MoneyMath.sum(
                CurrencyUnit.USD, List.of(ONE, Money.parse("USD 2.50"), Money.parse("USD -0.01"))))
        .isEqualTo(Money.parse("USD 3.49"));
  }

  @Test
  void no_amounts_sum_to_zero_of_the_currency() {
    assertThat(MoneyMath.sum(CurrencyUnit.JPY, List.of())).isEqualTo(Money.parse("JPY 0"));
  }

  @Test
  void a_sum_may_exceed_64_bits() {
    Money large = Money.ofMinor(CurrencyUnit.USD, Long.MAX_VALUE);
    assertThat(MoneyMath.sum(CurrencyUnit.USD, List.of(large, large)))
        .isEqualTo(Money.parse("USD 184467440737095516.14"));
  }

  @Test
  @SuppressWarnings("NullAway")
  void every_amount_that_is_missing_or_of_another_currency_is_named() {
    List<Money> mixed = Arrays.asList(ONE, Money.parse("EUR 1.00"), null, ONE);
    assertRefused(() -> MoneyMath.sum(CurrencyUnit.USD, mixed))
        .containsExactly("amounts[1] money.other-currency", "amounts[2] money.required");
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_and_pseudo_currencies_are_refused_with_their_place() {
    assertRefused(() -> MoneyMath.sum(null, List.of())).containsExactly("currency money.required");
    assertRefused(() -> MoneyMath.sum(CurrencyUnit.USD, null))
        .containsExactly("amounts money.required");
    assertRefused(() -> MoneyMath.sum(CurrencyUnit.of("XXX"), List.of()))
        .containsExactly("currency money.currency-unsupported");
  }
}
