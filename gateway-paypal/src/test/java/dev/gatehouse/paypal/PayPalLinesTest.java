package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeLine;
import dev.gatehouse.spi.ChargeLine.Kind;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an order is for, to the cent, and who the payer sees. */
class PayPalLinesTest {
  private static final String ORDERS = "POST /v2/checkout/orders";

  private final Bench bench = new Bench();

  @AfterEach
  void everything_fits_paypals_description() {
    bench.spec.assertThatAllFits();
  }

  @Test
  void items_shipping_and_discounts_are_told_in_sums_that_add_up() {
    ChargeRequest request =
        sale("USD 21.97")
            .of(
                List.of(
                    ChargeLine.of("Book", 2, usd("9.99")).less(usd("1.00")),
                    ChargeLine.of("Bag", 1, usd("0.00")),
                    ChargeLine.of("Parcel", 1, usd("4.99")).as(Kind.SHIPPING).less(usd("2.00"))));

    assertThat(bench.gateway.charge(request)).isInstanceOf(Outcome.ActionRequired.class);

    JsonNode unit = unit();
    assertThat(unit.at("/amount/value").asString()).isEqualTo("21.97");
    assertThat(breakdown(unit))
        .containsEntry("item_total", "19.98")
        .containsEntry("shipping", "4.99")
        .containsEntry("shipping_discount", "2.00")
        .containsEntry("discount", "1.00")
        .hasSize(4);
    assertThat(unit.at("/items")).hasSize(2);
    assertThat(unit.at("/items/0/name").asString()).isEqualTo("Book");
    assertThat(unit.at("/items/0/quantity").asString()).isEqualTo("2");
    assertThat(unit.at("/items/0/unit_amount/value").asString()).isEqualTo("9.99");
  }

  @Test
  void a_tax_of_the_whole_is_a_sum_without_items() {
    ChargeRequest request =
        sale("USD 11.90")
            .of(
                List.of(
                    ChargeLine.of("Book", 1, usd("10.00")),
                    ChargeLine.of("VAT", 1, usd("1.90")).as(Kind.TAX)));

    assertThat(bench.gateway.charge(request)).isInstanceOf(Outcome.ActionRequired.class);

    assertThat(breakdown(unit()))
        .containsEntry("item_total", "10.00")
        .containsEntry("tax_total", "1.90");
    assertThat(unit().has("items")).isFalse();
  }

  @Test
  void whatever_the_lines_are_paypal_finds_that_they_add_up() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int number = 0; number < 200; number++) {
      CurrencyUnit currency = CurrencyUnit.of(List.of("USD", "EUR", "JPY").get(number % 3));
      List<ChargeLine> lines = new ArrayList<>();
      for (int count = 1 + random.nextInt(8); count > 0; count--) {
        lines.add(line(random, currency));
      }
      lines.add(ChargeLine.of("Something", 1, Money.ofMajor(currency, 1)));
      Money amount = lines.stream().map(ChargeLine::amount).reduce(Money::plus).orElseThrow();
      ChargeRequest request =
          Bench.charge("pay-" + number, amount, CaptureMode.AUTOMATIC).of(lines);

      assertThat(bench.gateway.charge(request))
          .as("seed %s, number %s: %s", seed, number, lines)
          .isInstanceOf(Outcome.ActionRequired.class);
    }
  }

  private static ChargeLine line(Random random, CurrencyUnit currency) {
    Money price = Money.ofMinor(currency, random.nextInt(10_000));
    ChargeLine line =
        ChargeLine.of("A thing", 1 + random.nextInt(20), price)
            .as(Kind.values()[random.nextInt(Kind.values().length)]);
    long off = (long) (line.price().getAmountMinorLong() * random.nextDouble());
    return random.nextBoolean() ? line : line.less(Money.ofMinor(currency, off));
  }

  @ParameterizedTest
  @MethodSource
  void lines_that_do_not_add_up_are_refused_with_their_place_before_anything_is_sent(
      String place, List<ChargeLine> lines) {
    Outcome outcome = bench.gateway.charge(sale("USD 10.00").of(lines));

    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThat(((Outcome.NotSent) outcome).failure().category())
        .isEqualTo(ErrorCategory.VALIDATION);
    assertThat(((Outcome.NotSent) outcome).failure().message()).contains(place);
    assertThat(bench.door.sent()).isEmpty();
  }

  static Stream<Arguments>
      lines_that_do_not_add_up_are_refused_with_their_place_before_anything_is_sent() {
    ChargeLine nine = ChargeLine.of("Book", 1, usd("9.99"));
    return Stream.of(
        Arguments.of("lines", List.of(nine)),
        Arguments.of("lines", List.of(nine, ChargeLine.of("Bag", 1, usd("0.02")))),
        Arguments.of(
            "lines[1].unitPrice", List.of(nine, ChargeLine.of("Bag", 1, Money.parse("EUR 0.01")))),
        Arguments.of(
            "lines[0].discount",
            List.of(nine.less(usd("10.00")), ChargeLine.of("Bag", 1, usd("10.01")))));
  }

  @Test
  void a_name_that_paypal_has_no_room_for_is_shortened() {
    ChargeLine line = ChargeLine.of("x".repeat(255), 1, usd("10.00"));

    bench.gateway.charge(sale("USD 10.00").of(List.of(line)));

    assertThat(unit().at("/items/0/name").asString()).hasSize(127).endsWith("x…");
  }

  @Test
  void the_lines_of_a_checkout_go_with_its_charge_discounts_spread() {
    try (Shop shop = new Shop()) {
      CheckoutView checkout =
          shop.gatehouse.startCheckout(
              StartCheckout.forLines(
                      Shop.ADA,
                      "lines",
                      List.of(Line.of("Book", 3, usd("3.33")), Line.of("Bag", 1, usd("0.05"))))
                  .lessDiscount(usd("1.00")));
      shop.gatehouse.pay(shop.sale(checkout));

      JsonNode unit = Bench.body(shop.door.sent(ORDERS).get(0)).at("/purchase_units/0");
      assertThat(unit.at("/amount/value").asString()).isEqualTo("9.04");
      assertThat(breakdown(unit))
          .containsEntry("item_total", "10.04")
          .containsEntry("discount", "1.00");
      assertThat(unit.at("/items")).hasSize(2);
    }
  }

  @Test
  void tax_and_shipping_of_a_checkout_are_no_items() {
    try (Shop shop = new Shop()) {
      List<Line> lines =
          List.of(
              Line.of("Book", 1, usd("10.00")),
              Line.shipping("Parcel", usd("4.00")),
              Line.tax("VAT", usd("1.90")));
      shop.gatehouse.pay(
          shop.sale(
              shop.gatehouse.startCheckout(StartCheckout.forLines(Shop.ADA, "lines", lines))));

      JsonNode unit = Bench.body(shop.door.sent(ORDERS).get(0)).at("/purchase_units/0");
      assertThat(unit.at("/amount/value").asString()).isEqualTo("15.90");
      assertThat(breakdown(unit))
          .containsEntry("item_total", "10.00")
          .containsEntry("shipping", "4.00")
          .containsEntry("tax_total", "1.90")
          .hasSize(3);
    }
  }

  @Test
  void brand_and_soft_descriptor_are_as_set() {
    PayPalGateway gateway =
        bench.open(with(Map.of("brand-name", "Bücher & mehr", "soft-descriptor", "800-123-1234")));

    gateway.charge(sale("USD 10.00"));

    assertThat(unit().path("soft_descriptor").asString()).isEqualTo("800-123-1234");
    assertThat(body().at("/payment_source/paypal/experience_context/brand_name").asString())
        .isEqualTo("Bücher & mehr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678901234567890123", "Bücher", "a_b", " ", "a\nb"})
  void a_soft_descriptor_that_no_statement_shows_is_refused_at_the_start(String text) {
    assertThatThrownBy(() -> bench.open(with(Map.of("soft-descriptor", text))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'soft-descriptor'");
  }

  @ParameterizedTest
  @CsvSource({"128", "300"})
  void a_brand_that_paypal_has_no_room_for_is_refused_at_the_start(int length) {
    assertThatThrownBy(() -> bench.open(with(Map.of("brand-name", "b".repeat(length)))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'brand-name'");
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(bench.app.settings());
    settings.putAll(more);
    return settings;
  }

  private static ChargeRequest sale(String money) {
    return Bench.charge("pay-1", Money.parse(money), CaptureMode.AUTOMATIC);
  }

  private static Money usd(String amount) {
    return Money.of(CurrencyUnit.USD, new BigDecimal(amount));
  }

  private JsonNode body() {
    return Bench.body(bench.door.sent(ORDERS).get(0));
  }

  private JsonNode unit() {
    return body().at("/purchase_units/0");
  }

  private static Map<String, String> breakdown(JsonNode unit) {
    Map<String, String> sums = new TreeMap<>();
    unit.at("/amount/breakdown")
        .properties()
        .forEach(sum -> sums.put(sum.getKey(), sum.getValue().path("value").asString()));
    return sums;
  }
}
