package dev.gatehouse.money;

import static dev.gatehouse.money.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class CurrencyProfileBuilderTest {
  private static final CurrencyUnit UGX = CurrencyUnit.of("UGX");

  @Test
  void iso_takes_every_payment_currency_and_no_pseudo_currency() {
    Set<CurrencyUnit> payable =
        CurrencyUnit.registeredCurrencies().stream()
            .filter(currency -> !currency.isPseudoCurrency())
            .collect(Collectors.toSet());
    CurrencyProfile iso = CurrencyProfile.iso();
    assertThat(iso.currencies())
        .hasSizeGreaterThan(150)
        .containsExactlyInAnyOrderElementsOf(payable);
    assertThat(iso.currencies())
        .allSatisfy(
            currency -> {
              assertThat(iso.decimals(currency)).isEqualTo(currency.getDecimalPlaces());
              assertThat(iso.minimum(currency)).isEmpty();
              assertThat(iso.maximum(currency)).isEmpty();
              assertThat(iso.toMinor(iso.smallest(currency))).isOne();
            });
    assertThat(iso.supports(CurrencyUnit.of("XAU"))).isFalse();
    assertThat(iso).hasToString("CurrencyProfile[" + payable.size() + " currencies]");
  }

  @Test
  void the_named_currencies_are_the_only_ones_in_the_order_of_their_codes() {
    CurrencyProfile profile = CurrencyProfile.builder().only("GBP").only("USD", "eur").build();
    assertThat(profile.currencies()).containsExactly(CurrencyUnit.EUR, CurrencyUnit.USD);
    assertThat(profile.supports(CurrencyUnit.EUR)).isTrue();
    assertThat(profile.supports(CurrencyUnit.GBP)).isFalse();
  }

  @Test
  void the_currencies_cannot_be_changed_from_outside() {
    Set<CurrencyUnit> currencies = CurrencyProfile.iso().currencies();
    assertThatThrownBy(currencies::clear).isInstanceOf(RuntimeException.class);
  }

  @Test
  void a_built_profile_does_not_follow_its_builder() {
    CurrencyProfileBuilder builder = CurrencyProfile.builder();
    CurrencyProfile before = builder.build();
    CurrencyProfile after = builder.decimals(2, "UGX").only("UGX").build();
    assertThat(before.decimals(UGX)).isZero();
    assertThat(before.supports(CurrencyUnit.USD)).isTrue();
    assertThat(after.decimals(UGX)).isEqualTo(2);
    assertThat(after.supports(CurrencyUnit.USD)).isFalse();
  }

  @Test
  void a_profile_can_be_adjusted_where_sources_disagree() {
    CurrencyProfile base =
        CurrencyProfile.builder()
            .only("UGX", "KWD", "USD")
            .multipleOf(10, "KWD")
            .decimals(4, "USD")
            .minimum(Money.parse("USD 0.50"))
            .maximum(Money.parse("USD 9.00"))
            .build();
    CurrencyProfile adjusted = base.toBuilder().decimals(2, "UGX").multipleOf(100, "UGX").build();

    assertThat(base.toMinor(Money.parse("UGX 7"))).isEqualTo(7);
    assertThat(adjusted.toMinor(Money.parse("UGX 7"))).isEqualTo(700);
    assertThat(adjusted.currencies()).isEqualTo(base.currencies());
    assertThat(adjusted.smallest(CurrencyUnit.of("KWD"))).isEqualTo(Money.parse("KWD 0.010"));
    assertThat(adjusted.decimals(CurrencyUnit.USD)).isEqualTo(4);
    assertThat(adjusted.minimum(CurrencyUnit.USD)).contains(Money.parse("USD 0.50"));
    assertThat(adjusted.maximum(CurrencyUnit.USD)).contains(Money.parse("USD 9.00"));
  }

  @Test
  void the_later_of_two_calls_about_one_currency_counts() {
    CurrencyProfile profile =
        CurrencyProfile.builder().decimals(3, "UGX").decimals(2, "UGX").build();
    assertThat(profile.decimals(UGX)).isEqualTo(2);
  }

  @Test
  void what_is_said_about_a_currency_not_taken_has_no_effect() {
    CurrencyProfile profile =
        CurrencyProfile.builder()
            .decimals(0, "HUF")
            .minimum(Money.parse("HUF 1.50"))
            .only("USD")
            .build();
    assertThat(profile.currencies()).containsExactly(CurrencyUnit.USD);
  }

  @Test
  void decimals_range_from_0_to_18_and_multiples_start_at_1() {
    CurrencyProfile widest =
        CurrencyProfile.builder()
            .decimals(18, "USD")
            .decimals(0, "EUR")
            .multipleOf(1, "EUR")
            .build();
    assertThat(widest.toMinor(Money.parse("USD 9.00"))).isEqualTo(9_000_000_000_000_000_000L);
    assertThat(widest.toMinor(Money.parse("EUR 9.00"))).isEqualTo(9);
    assertRefused(() -> widest.toMinor(Money.parse("USD 10.00")))
        .containsExactly("amount money.overflow");
    assertRefused(() -> CurrencyProfile.builder().decimals(19, "USD").build())
        .containsExactly("decimals money.decimals-out-of-range");
    assertRefused(() -> CurrencyProfile.builder().decimals(-1, "USD").build())
        .containsExactly("decimals money.decimals-out-of-range");
    assertRefused(() -> CurrencyProfile.builder().multipleOf(0, "USD").build())
        .containsExactly("multipleOf money.multiple-out-of-range");
  }

  @Test
  @SuppressWarnings("NullAway")
  void all_mistakes_are_reported_at_once_each_at_its_call() {
    CurrencyProfileBuilder builder =
        CurrencyProfile.builder()
            .decimals(2, "EURO", "XXX")
            .multipleOf(10, "QQQ")
            .minimum(null)
            .maximum(Money.parse("XAU 1"))
            .only((String) null)
            .decimals(1, (String[]) null);
    assertRefused(builder::build)
        .containsExactly(
            "decimals money.currency-unknown",
            "decimals money.currency-unsupported",
            "multipleOf money.currency-unknown",
            "minimum money.required",
            "maximum money.currency-unsupported",
            "only money.required",
            "decimals money.required");
  }

  @Test
  void a_profile_of_no_currency_is_refused() {
    assertRefused(() -> CurrencyProfile.builder().only().build())
        .containsExactly("only money.no-currency");
  }

  @Test
  void limits_that_the_gateway_cannot_write_or_that_cross_are_refused() {
    assertRefused(
            () ->
                CurrencyProfile.builder()
                    .decimals(0, "HUF")
                    .minimum(Money.parse("HUF 100.50"))
                    .maximum(Money.parse("HUF 99.50"))
                    .build())
        .containsExactly(
            "minimum money.too-precise",
            "maximum money.too-precise",
            "minimum money.limits-crossed");
  }

  @Test
  void a_minimum_may_equal_its_maximum() {
    Money only = Money.parse("USD 5.00");
    CurrencyProfile profile = CurrencyProfile.builder().minimum(only).maximum(only).build();
    assertThat(profile.check("amount", only)).isEmpty();
  }
}
