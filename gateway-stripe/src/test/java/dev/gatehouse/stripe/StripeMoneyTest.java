package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
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
}
