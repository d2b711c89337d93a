package dev.gatehouse.money;

import static dev.gatehouse.money.Refusals.assertProblems;
import static dev.gatehouse.money.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrencyProfileTest {
  private static final CurrencyUnit USD = CurrencyUnit.USD;
  private static final CurrencyUnit KWD = CurrencyUnit.of("KWD");
  private static final CurrencyUnit ISK = CurrencyUnit.of("ISK");
  private static final CurrencyProfile ISO = CurrencyProfile.iso();

  /** Differs from ISO 4217 as card providers do. */
  private static final CurrencyProfile CARDS =
      CurrencyProfile.builder()
          .decimals(2, "ISK", "UGX")
          .multipleOf(100, "ISK", "UGX")
          .decimals(0, "MGA")
          .multipleOf(10, "BHD", "JOD", "KWD", "OMR", "TND")
          .minimum(Money.parse("USD 0.50"))
          .maximum(Money.parse("USD 999999.99"))
          .build();

  /** Differs from ISO 4217 as wallets do. */
  private static final CurrencyProfile WALLET =
      CurrencyProfile.builder()
          .decimals(0, "HUF", "JPY", "TWD")
          .only("HUF", "JPY", "TWD", "USD")
          .build();

  @ParameterizedTest
  @CsvSource({
    "USD 12.34, 1234, 12.34",
    "USD -12.34, -1234, -12.34",
    "USD 0.05, 5, 0.05",
    "USD 0.00, 0, 0.00",
    "JPY 500, 500, 500",
    "KWD 1.234, 1234, 1.234",
    "CLF 1.2345, 12345, 1.2345",
    "ISK 5, 5, 5",
    "MGA 5.50, 550, 5.50",
    "HUF 175.25, 17525, 175.25",
    "TWD 30.10, 3010, 30.10",
    "UGX 1000, 1000, 1000",
    "USD 92233720368547758.07, 9223372036854775807, 92233720368547758.07",
    "USD -92233720368547758.08, -9223372036854775808, -92233720368547758.08",
  })
  void iso_4217_is_written_and_read_exactly(String money, long minor, String decimal) {
    assertBothWays(ISO, Money.parse(money), minor, decimal);
  }

  @ParameterizedTest
  @CsvSource({
    "USD 12.34, 1234, 12.34",
    "JPY 500, 500, 500",
    "KWD 1.230, 1230, 1.230",
    "KWD -0.010, -10, -0.010",
    "CLF 1.2345, 12345, 1.2345",
    "ISK 5, 500, 5.00",
    "ISK -5, -500, -5.00",
    "UGX 1000, 100000, 1000.00",
    "MGA 5.00, 5, 5",
  })
  void a_card_providers_minor_units_are_written_and_read_exactly(
      String money, long minor, String decimal) {
    assertBothWays(CARDS, Money.parse(money), minor, decimal);
  }

  @ParameterizedTest
  @CsvSource({
    "HUF 175.00, 175, 175",
    "TWD 30.00, 30, 30",
    "JPY 500, 500, 500",
    "USD 10.00, 1000, 10.00",
  })
  void a_wallets_decimals_are_written_and_read_exactly(String money, long minor, String decimal) {
    assertBothWays(WALLET, Money.parse(money), minor, decimal);
  }

  private static void assertBothWays(
      CurrencyProfile profile, Money money, long minor, String text) {
    assertThat(profile.toMinor(money)).isEqualTo(minor);
    assertThat(profile.fromMinor(money.getCurrencyUnit(), minor)).isEqualTo(money);
    assertThat(profile.toDecimal(money)).isEqualTo(text);
    assertThat(profile.fromDecimal(money.getCurrencyUnit(), text)).isEqualTo(money);
  }

  @ParameterizedTest
  @CsvSource({
    "MGA 5.50, amount money.too-precise",
    "MGA 0.01, amount money.too-precise",
    "MGA -5.50, amount money.too-precise",
    "KWD 1.234, amount money.not-a-multiple",
    "KWD -1.235, amount money.not-a-multiple",
    "USD 92233720368547758.08, amount money.overflow",
    "USD -92233720368547758.09, amount money.overflow",
    "ISK 92233720368547759, amount money.overflow",
    "XAU 1, amount money.currency-unsupported",
    "XXX 1, amount money.currency-unsupported",
  })
  void what_cannot_be_written_exactly_is_refused(String money, String problem) {
    Money refused = Money.parse(money);
    assertRefused(() -> CARDS.toMinor(refused)).containsExactly(problem);
    assertRefused(() -> CARDS.toDecimal(refused)).containsExactly(problem);
    assertProblems(CARDS.check("amount", refused)).startsWith(problem);
  }

  @ParameterizedTest
  @CsvSource({"HUF 175.25", "HUF 0.01", "TWD 30.10"})
  void dropped_decimals_must_be_zero(String money) {
    assertRefused(() -> WALLET.toMinor(Money.parse(money)))
        .containsExactly("amount money.too-precise");
  }

  @Test
  void a_currency_that_the_gateway_does_not_take_is_refused_both_ways() {
    assertRefused(() -> WALLET.toMinor(Money.parse("EUR 1.00")))
        .containsExactly("amount money.currency-unsupported");
    assertRefused(() -> WALLET.fromMinor(CurrencyUnit.EUR, 100))
        .containsExactly("currency money.currency-unsupported");
    assertRefused(() -> WALLET.fromDecimal(CurrencyUnit.EUR, "1.00"))
        .containsExactly("currency money.currency-unsupported");
    assertRefused(() -> ISO.fromMinor(CurrencyUnit.of("XAU"), 1))
        .containsExactly("currency money.currency-unsupported");
  }

  @Test
  void minor_units_that_are_no_amount_of_the_currency_are_refused() {
    assertRefused(() -> CARDS.fromMinor(ISK, 550)).containsExactly("amount money.too-precise");
    assertThat(CARDS.fromMinor(KWD, 1234))
        .as("done by others")
        .isEqualTo(Money.of(KWD, new BigDecimal("1.234")));
    CurrencyProfile fine = CurrencyProfile.builder().decimals(2, "ISK").build();
    assertRefused(() -> fine.fromMinor(ISK, 550)).containsExactly("amount money.too-precise");
    assertRefused(() -> fine.fromDecimal(ISK, "5.50")).containsExactly("amount money.too-precise");
  }

  @ParameterizedTest
  @CsvSource({"10, 10.00", "10.5, 10.50", "0, 0.00", "-0.00, 0.00", "-0.5, -0.50"})
  void fewer_decimals_than_agreed_are_read(String text, String amount) {
    assertThat(ISO.fromDecimal(USD, text)).isEqualTo(Money.parse("USD " + amount));
  }

  @Test
  void limits_hold_for_charges_and_include_their_own_value() {
    assertProblems(CARDS.check("total", Money.parse("USD 0.49")))
        .containsExactly("total money.below-minimum");
    assertProblems(CARDS.check("total", Money.parse("USD 0.50"))).isEmpty();
    assertProblems(CARDS.check("total", Money.parse("USD 999999.99"))).isEmpty();
    assertProblems(CARDS.check("total", Money.parse("USD 1000000.00")))
        .containsExactly("total money.above-maximum");
    assertProblems(CARDS.check("total", Money.parse("EUR 0.01"))).isEmpty();
  }

  @Test
  void a_refund_below_the_smallest_charge_can_still_be_written_and_read() {
    assertBothWays(CARDS, Money.parse("USD 0.30"), 30, "0.30");
    assertBothWays(CARDS, Money.parse("USD 1000000.00"), 100_000_000, "1000000.00");
  }

  @Test
  void every_reason_is_given_at_once() {
    CurrencyProfile tight =
        CurrencyProfile.builder()
            .multipleOf(10, "USD")
            .maximum(Money.parse("USD 10.00"))
            .decimals(0, "MGA")
            .minimum(Money.parse("MGA 5.00"))
            .build();
    assertProblems(tight.check("lines[3].amount", Money.parse("USD 92233720368547758.08")))
        .containsExactly(
            "lines[3].amount money.overflow",
            "lines[3].amount money.not-a-multiple",
            "lines[3].amount money.above-maximum");
    assertProblems(tight.check("fee", Money.parse("MGA 1.50")))
        .containsExactly("fee money.too-precise", "fee money.below-minimum");
    assertProblems(tight.check("fee", Money.parse("XXX 1")))
        .containsExactly("fee money.currency-unsupported");
  }

  @Test
  void the_smallest_amount_is_exact_at_the_gateway_and_in_iso_4217() {
    assertThat(ISO.smallest(USD)).isEqualTo(Money.parse("USD 0.01"));
    assertThat(ISO.smallest(CurrencyUnit.JPY)).isEqualTo(Money.parse("JPY 1"));
    assertThat(CARDS.smallest(ISK)).isEqualTo(Money.parse("ISK 1"));
    assertThat(CARDS.smallest(KWD)).isEqualTo(Money.parse("KWD 0.010"));
    assertThat(CARDS.smallest(CurrencyUnit.of("MGA"))).isEqualTo(Money.parse("MGA 1.00"));
    CurrencyProfile odd =
        CurrencyProfile.builder().decimals(3, "USD").multipleOf(25, "USD").build();
    assertThat(odd.smallest(USD)).isEqualTo(Money.parse("USD 0.05"));
  }

  @Test
  void every_iso_currency_survives_the_round_trip() {
    long seed = 4217;
    Random random = new Random(seed);
    for (CurrencyUnit currency : ISO.currencies()) {
      for (int i = 0; i < 200; i++) {
        long minor = random.nextLong() >> random.nextInt(64);
        String story = "seed %d, %s %d".formatted(seed, currency, minor);
        Money money = ISO.fromMinor(currency, minor);
        assertThat(money).as(story).isEqualTo(Money.ofMinor(currency, minor));
        assertThat(ISO.toMinor(money)).as(story).isEqualTo(minor);
        String text = ISO.toDecimal(money);
        assertThat(text).as(story).isEqualTo(money.getAmount().toPlainString());
        assertThat(ISO.fromDecimal(currency, text)).as(story).isEqualTo(money);
      }
    }
  }

  @Test
  void whatever_a_gateway_differs_in_reading_undoes_writing_or_both_refuse() {
    long seed = 20_26;
    Random random = new Random(seed);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      int decimals = random.nextInt(6);
      long multiple = new long[] {1, 1, 5, 10, 100}[random.nextInt(5)];
      CurrencyProfile profile =
          CurrencyProfile.builder()
              .only("JPY", "USD", "KWD", "CLF")
              .decimals(decimals, "JPY", "USD", "KWD", "CLF")
              .multipleOf(multiple, "JPY", "USD", "KWD", "CLF")
              .build();
      CurrencyUnit currency =
          profile.currencies().stream().skip(random.nextInt(4)).findFirst().get();
      long minor = random.nextInt(2_000_000) - 1_000_000;
      if (random.nextBoolean()) {
        minor = minor / 1_000 * 1_000;
      }
      BigDecimal value = BigDecimal.valueOf(minor, decimals);
      boolean exact = value.stripTrailingZeros().scale() <= currency.getDecimalPlaces();
      String story = "seed %d, round %d: %s %s / %d".formatted(seed, i, currency, value, multiple);
      long given = minor;
      if (exact) {
        read++;
        Money money = profile.fromMinor(currency, given);
        assertThat(money.getAmount()).as(story).isEqualByComparingTo(value);
        if (minor % multiple == 0) {
          assertThat(profile.toMinor(money)).as(story).isEqualTo(given);
          assertThat(profile.toDecimal(money)).as(story).isEqualTo(value.toPlainString());
        } else {
          assertRefused(() -> profile.toMinor(money))
              .as(story)
              .containsExactly("amount money.not-a-multiple");
        }
        assertThat(profile.toMinor(profile.smallest(currency))).as(story).isPositive();
      } else {
        refused++;
        assertRefused(() -> profile.fromMinor(currency, given)).as(story).isNotEmpty();
      }
    }
    assertThat(read).isGreaterThan(500);
    assertThat(refused).isGreaterThan(500);
  }
}
