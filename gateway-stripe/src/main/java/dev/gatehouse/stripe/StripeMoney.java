package dev.gatehouse.stripe;

import dev.gatehouse.money.CurrencyProfile;
import java.util.Locale;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * How Stripe writes amounts: minor units as in ISO 4217, with exceptions.
 *
 * <p>UGX is left out: Stripe's own pages disagree on whether it has decimals, and a wrong guess is
 * wrong by a factor of 100.
 */
final class StripeMoney {
  /** Stripe takes amounts of up to eight digits. */
  private static final long MOST = 99_999_999;

  /** More where a unit is worth little; of these it takes some with cards alone. */
  private static final Map<String, Long> MORE =
      Map.of(
          "COP", 9_999_999_999L,
          "HUF", 9_999_999_999L,
          "IDR", 999_999_999_999L,
          "INR", 999_999_999L,
          "JPY", 9_999_999_999L,
          "LBP", 99_999_999_999L);

  private static final String[] CURRENCIES = {
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP",
    "CNY", "COP", "CRC", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ETB", "EUR", "FJD",
    "FKP", "GBP", "GEL", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR",
    "ILS", "INR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KRW", "KWD", "KYD",
    "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP",
    "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR",
    "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR",
    "SBD", "SCR", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SZL", "THB", "TJS", "TND", "TOP",
    "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VND", "VUV", "WST", "XAF", "XCD",
    "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW",
  };

  static final CurrencyProfile PROFILE = profile();

  private StripeMoney() {}

  private static CurrencyProfile profile() {
    CurrencyProfile exact =
        CurrencyProfile.builder()
            .only(CURRENCIES)
            // No decimals at Stripe, though ISO 4217 has two.
            .decimals(0, "MGA")
            // No decimals any more, but written as if there were two.
            .decimals(2, "ISK")
            .multipleOf(100, "ISK")
            // Three decimals, of which card networks can't do the last.
            .multipleOf(10, "BHD", "JOD", "KWD", "OMR", "TND")
            .build();
    var limited = exact.toBuilder();
    for (CurrencyUnit currency : exact.currencies()) {
      long step = exact.toMinor(exact.smallest(currency));
      long most = MORE.getOrDefault(currency.getCode(), MOST);
      limited.maximum(exact.fromMinor(currency, most - most % step));
    }
    return limited.build();
  }

  static long minor(Money money) {
    return PROFILE.toMinor(money);
  }

  static String code(Money money) {
    return money.getCurrencyUnit().getCode().toLowerCase(Locale.ROOT);
  }

  static CurrencyUnit currency(String code) {
    return PROFILE.currency("currency", code);
  }

  static Money money(long minor, String code) {
    return PROFILE.fromMinor(currency(code), minor);
  }
}
