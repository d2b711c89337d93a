package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class StripeMoneyTest {
  private static final Set<String> NO_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  /** As listed at https://docs.stripe.com/currencies, under zero-decimal and three-decimal. */
  @Test
  void every_currency_has_stripes_decimals() {
    Set<String> wrong = new TreeSet<>();
    for (CurrencyUnit currency : StripeMoney.PROFILE.currencies()) {
      String code = currency.getCode();
      int wanted = NO_DECIMALS.contains(code) ? 0 : THREE_DECIMALS.contains(code) ? 3 : 2;
      if (StripeMoney.PROFILE.decimals(currency) != wanted) {
        wrong.add(code + "=" + StripeMoney.PROFILE.decimals(currency));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Eight digits in general; with cards, or with everything, more of what is worth little. */
  @Test
  void the_most_is_what_stripe_takes_in_each_currency() {
    Map<String, String> most =
        Map.of(
            "USD", "USD 999999.99",
            "KWD", "KWD 99999.990",
            "ISK", "ISK 999999",
            "TWD", "TWD 999999.99",
            "JPY", "JPY 9999999999",
            "HUF", "HUF 99999999.99",
            "COP", "COP 99999999.99",
            "INR", "INR 9999999.99",
            "LBP", "LBP 999999999.99",
            "IDR", "IDR 9999999999.99");
    most.forEach(
        (code, amount) ->
            assertThat(StripeMoney.PROFILE.maximum(CurrencyUnit.of(code)))
                .as(code)
                .contains(Money.parse(amount)));
  }

  /** Forints and Taiwan dollars are whole in payouts alone; of krónur there are no parts. */
  @Test
  void fractions_are_as_stripe_has_them_for_charges() {
    assertThat(StripeMoney.minor(Money.parse("HUF 10.45"))).isEqualTo(1045);
    assertThat(StripeMoney.minor(Money.parse("TWD 800.45"))).isEqualTo(80045);
    assertThat(StripeMoney.minor(Money.parse("ISK 5"))).isEqualTo(500);
    assertThat(StripeMoney.PROFILE.supports(CurrencyUnit.of("UGX"))).isFalse();
    assertThat(StripeMoney.PROFILE.check("amount", Money.parse("BHD 1.001"))).isNotEmpty();
    assertThat(StripeMoney.PROFILE.check("amount", Money.parse("BHD 1.010"))).isEmpty();
  }
}
