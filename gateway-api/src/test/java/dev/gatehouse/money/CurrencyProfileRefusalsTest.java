package dev.gatehouse.money;

import static dev.gatehouse.money.Refusals.assertProblems;
import static dev.gatehouse.money.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractStringAssert;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nonsense is answered with, and in which words. */
class CurrencyProfileRefusalsTest {
  private static final CurrencyUnit USD = CurrencyUnit.USD;
  private static final CurrencyUnit ISK = CurrencyUnit.of("ISK");
  private static final CurrencyProfile ISO = CurrencyProfile.iso();
  private static final CurrencyProfile CARDS =
      CurrencyProfile.builder()
          .multipleOf(10, "KWD")
          .minimum(Money.parse("USD 0.50"))
          .maximum(Money.parse("USD 999999.99"))
          .build();
  private static final CurrencyProfile WALLET =
      CurrencyProfile.builder().decimals(0, "HUF").only("HUF", "USD").build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+1",
        "1.",
        ".5",
        "1,5",
        "1e2",
        "1E2",
        "0x1",
        "01",
        "-01",
        "00",
        "1.2.3",
        " 1",
        "1 ",
        "1\n",
        "--1",
        "NaN",
        "Infinity",
        "١٢",
        "1٫5",
        "１２",
        "1_000",
        "1'000",
        "$1",
        "1\u0000",
        "';drop table payments;--",
        "−1"
      })
  void a_text_that_is_no_plain_decimal_is_refused(String text) {
    assertRefused(() -> ISO.fromDecimal(USD, text)).containsExactly("amount money.malformed");
  }

  @Test
  void a_text_of_absurd_length_is_refused_before_it_is_parsed() {
    assertRefused(() -> ISO.fromDecimal(USD, "9".repeat(41)))
        .containsExactly("amount money.too-long");
    assertRefused(() -> ISO.fromDecimal(USD, "9".repeat(40)))
        .containsExactly("amount money.overflow");
    assertRefused(() -> ISO.fromDecimal(USD, "x".repeat(1_000_000)))
        .containsExactly("amount money.too-long");
  }

  @ParameterizedTest
  @CsvSource({"USD, 1.000", "USD, 1.001", "JPY, 1.0", "KWD, 1.0000", "CLF, 1.00000"})
  void more_decimals_than_agreed_are_refused_even_if_zero(String currency, String text) {
    assertRefused(() -> ISO.fromDecimal(CurrencyUnit.of(currency), text))
        .containsExactly("amount money.too-precise");
  }

  @Test
  void a_refusal_says_what_where_and_what_to_do() {
    assertThat(CARDS.check("amount", Money.parse("KWD 1.234")).get(0).describe())
        .isEqualTo(
            "amount: KWD 1.234 falls between the steps that this gateway takes; "
                + "give a multiple of KWD 0.010; nothing is rounded");
    assertThat(WALLET.check("amount", Money.parse("HUF 1.50")).get(0).describe())
        .isEqualTo(
            "amount: HUF 1.50 has more decimals than the 0 of HUF at this gateway; "
                + "give a multiple of HUF 1.00; nothing is rounded");
    assertThat(CARDS.check("amount", Money.parse("USD 0.10")).get(0).describe())
        .isEqualTo(
            "amount: USD 0.10 is less than the minimum of this gateway; give at least USD 0.50");
    assertThat(CARDS.check("amount", Money.parse("USD 1000000.00")).get(0).describe())
        .isEqualTo(
            "amount: USD 1000000.00 is more than the maximum of this gateway; "
                + "give at most USD 999999.99");
    assertThat(WALLET.check("amount", Money.parse("EUR 1.00")).get(0).message())
        .isEqualTo("this gateway does not take EUR");
    assertThat(WALLET.check("amount", Money.parse("XXX 1")).get(0).message())
        .isEqualTo("XXX is not a currency that anyone can pay in");
  }

  @Test
  void an_amount_of_a_hundred_thousand_digits_is_refused_in_a_short_message() {
    Money huge = Money.of(USD, new BigDecimal(BigInteger.ONE.shiftLeft(330_000)));
    assertRefused(() -> CARDS.toMinor(huge)).containsExactly("amount money.overflow");
    assertThat(CARDS.check("amount", huge).get(0).message())
        .isEqualTo("the amount in USD does not fit into 64 bits of minor units");
    Money shown = Money.of(USD, new BigDecimal(BigInteger.TEN.pow(58).subtract(BigInteger.ONE)));
    assertThat(CARDS.check("amount", shown).get(0).message()).contains("USD 9999999999");
    Money atTheEdge = Money.of(USD, new BigDecimal(BigInteger.ONE.shiftLeft(199), 2));
    assertThat(CARDS.check("amount", atTheEdge).get(0).message()).startsWith("USD 8");
    Money overTheEdge = Money.of(USD, new BigDecimal(BigInteger.ONE.shiftLeft(200), 2));
    assertThat(CARDS.check("amount", overTheEdge).get(0).message()).startsWith("the amount");
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_is_refused_with_its_place() {
    assertRefused(() -> ISO.toMinor(null)).containsExactly("amount money.required");
    assertRefused(() -> ISO.toDecimal(null)).containsExactly("amount money.required");
    assertRefused(() -> ISO.fromMinor(null, 1)).containsExactly("currency money.required");
    assertRefused(() -> ISO.fromDecimal(null, "1")).containsExactly("currency money.required");
    assertRefused(() -> ISO.fromDecimal(USD, null)).containsExactly("amount money.required");
    assertRefused(() -> ISO.check(null, Money.zero(USD))).containsExactly("field money.required");
    assertRefused(() -> ISO.currency(null, "USD")).containsExactly("field money.required");
    assertRefused(() -> ISO.currency("plan", null)).containsExactly("plan money.required");
    assertRefused(() -> ISO.decimals(null)).containsExactly("currency money.required");
    assertProblems(ISO.check("total", null)).containsExactly("total money.required");
    assertThat(ISO.supports(null)).isFalse();
  }

  @Test
  void a_code_in_either_case_finds_its_currency() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(ISO.currency("currency", "isk")).isEqualTo(ISK);
      assertThat(ISO.currency("currency", "ISK")).isEqualTo(ISK);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "US", "USDX", "U D", "ıSK", "ＵＳＤ", "840", "USD\n", "<script>", "QQQ"})
  void a_code_of_no_currency_is_refused(String code) {
    assertRefused(() -> ISO.currency("plan.currency", code))
        .containsExactly("plan.currency money.currency-unknown");
  }

  @Test
  void a_hostile_code_is_not_repeated_but_a_mistyped_one_is() {
    for (String hostile : List.of("<script>", "secretword", "QQ", "QQQQ", "1QQ", "Q1Q", "QQ1")) {
      assertThatMessageOf(hostile).isEqualTo("is not a currency code");
    }
    assertThatMessageOf("qqq").isEqualTo("QQQ is not a known currency");
  }

  private static AbstractStringAssert<?> assertThatMessageOf(String code) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> ISO.currency("currency", code));
    return assertThat(refused.problems().get(0).message());
  }

  @Test
  void a_code_that_the_gateway_does_not_take_is_refused() {
    assertRefused(() -> WALLET.currency("currency", "EUR"))
        .containsExactly("currency money.currency-unsupported");
    assertRefused(() -> ISO.currency("currency", "XAU"))
        .containsExactly("currency money.currency-unsupported");
  }

  @Test
  void decimals_are_written_in_ascii_whatever_the_default_locale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(ISO.toDecimal(Money.of(USD, new BigDecimal("1234567.80"))))
          .isEqualTo("1234567.80");
      assertThat(WALLET.check("amount", Money.of(CurrencyUnit.of("HUF"), new BigDecimal("1.50"))))
          .allSatisfy(problem -> assertThat(problem.describe()).matches("\\p{ASCII}+"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
