package dev.gatehouse.paypal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.Pay;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway says of itself, and how it is opened, or not. */
class PayPalGatewayProviderTest {
  private final Bench bench = new Bench();

  @Test
  void it_is_found_once_and_described_the_same_each_time() {
    GatewayCatalog found = GatewayCatalog.discover(getClass().getClassLoader());

    assertThat(found.provider("paypal")).isPresent();
    assertThat(found.refusals()).isEmpty();
    assertThat(new PayPalGatewayProvider().describe())
        .isEqualTo(new PayPalGatewayProvider().describe());
  }

  @Test
  void keys_live_as_long_as_paypal_says_and_an_order_is_found_by_no_reference() {
    GatewayDescription description = new PayPalGatewayProvider().describe();

    assertThat(description.recoveryOf(OperationKind.CHARGE).lookup()).isEmpty();
    assertThat(description.recoveryOf(OperationKind.CHARGE).replay().orElseThrow())
        .isBetween(Duration.ofHours(5), Duration.ofHours(6));
    assertThat(description.recoveryOf(OperationKind.COMPLETE).replay().orElseThrow())
        .isLessThan(Duration.ofHours(6));
    assertThat(description.recoveryOf(OperationKind.REFUND).replay().orElseThrow())
        .isBetween(Duration.ofDays(44), Duration.ofDays(45));
    assertThat(description.recoveryOf(OperationKind.VOID).replay()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "environment,live",
    "environment,test",
    "client-id,a b",
    "client-secret,with\"quote",
    "webhook-id,WH-1",
    "base-url,https://api-m.paypal.com",
    "base-url,https://evil.example",
    "base-url,http://api-m.sandbox.paypal.com",
    "webhook-authority,canary"
  })
  void a_wrong_setting_is_named_and_not_shown_if_it_may_be_a_secret(String name, String value) {
    Map<String, String> settings = bench.app.settings();
    settings.put(name, value);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bench.open(settings))
        .satisfies(
            e -> {
              assertThat(e.problems()).extracting(Problem::field).containsExactly(name);
              assertThat(e.getMessage()).contains("'" + name + "'", "'paypal-eu'");
              assertThat(e.getMessage()).doesNotContain("a b", "quote", "canary", "evil");
            });
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bench.open(Map.of("base-url", "https://evil.example")))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactlyInAnyOrder(
                        "environment", "client-id", "client-secret", "webhook-id", "base-url"));
  }

  @Test
  void credentials_of_the_other_site_do_not_open_a_live_gateway() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bench.open(bench.app.settings(), bench.door, Mode.LIVE))
        .satisfies(
            e ->
                assertThat(e.problems()).extracting(Problem::field).containsExactly("environment"));
  }

  @Test
  void the_same_text_twice_is_a_mistake() {
    Map<String, String> settings = bench.app.settings();
    settings.put("client-secret", settings.get("client-id"));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bench.open(settings))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly("client-secret"));
  }

  @Test
  void two_instances_with_other_credentials_do_not_mix() {
    PayPalApp other =
        new PayPalApp("other-client", "other-secret", "MERCHANTQTHER", "8WP98765AB6789012", false);
    PayPalEmulator paypal =
        new PayPalEmulator(bench.clock, PayPalOptions.defaults(), List.of(bench.app, other));
    var one = bench.open(bench.app.settings(), paypal.transport(), Mode.TEST);
    var two = bench.open(other.settings(), paypal.transport(), Mode.TEST);

    one.charge(Bench.sale("pay-1"));
    two.charge(Bench.sale("pay-2"));

    assertThat(paypal.ledger().ordersOf("pay-1").get(0).merchant())
        .isEqualTo(bench.app.merchantId());
    assertThat(paypal.ledger().ordersOf("pay-2").get(0).merchant()).isEqualTo(other.merchantId());
  }

  @Test
  void a_currency_that_paypal_does_not_take_is_refused_by_the_house_too() {
    try (Shop shop = new Shop()) {
      var checkout = shop.start("KWD 10.000");

      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> shop.gatehouse.pay(shop.sale(checkout)))
          .satisfies(
              e ->
                  assertThat(e.problems())
                      .extracting(Problem::code)
                      .containsExactly("money.currency-unsupported"));
      assertThat(shop.door.sent()).isEmpty();
    }
  }

  @Test
  void what_paypal_needs_is_asked_for_by_the_house_before_anything_is_saved_or_sent() {
    try (Shop shop = new Shop()) {
      var checkout = shop.start("USD 10.00");
      PaymentMethod token = new PaymentMethod.Token("paypal", "tok_1");

      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> shop.gatehouse.pay(Pay.sale(checkout.id(), "k", Shop.PAYPAL, token)))
          .satisfies(
              e ->
                  assertThat(e.problems())
                      .extracting(Problem::code)
                      .containsExactly("method.takes-no-token", "return-url.missing"));
      assertThat(shop.view(checkout).payments()).isEmpty();
      assertThat(shop.door.sent()).isEmpty();
    }
  }

  @Test
  void nothing_shows_a_secret() {
    Map<String, String> settings = bench.app.settings();
    String secret = settings.get("client-secret");
    PayPalGateway gateway = bench.open(settings);
    gateway.charge(Bench.sale("pay-1"));

    assertThat(gateway.toString()).doesNotContain(secret);
    assertThat(bench.door.sent().toString()).doesNotContain(secret);
    try (Gatehouse house =
        Gatehouse.builder()
            .catalog(GatewayCatalog.of(new PayPalGatewayProvider()))
            .gateway(
                new GatewayConfig(new GatewayInstanceId("paypal"), "paypal", Mode.TEST, settings))
            .transport(bench.door)
            .build()) {
      assertThat(house.publicSettings(new GatewayInstanceId("paypal")))
          .containsOnlyKeys("client-id");
      assertThat(house.gateways().toString()).doesNotContain(secret);
    }
  }

  @Test
  void every_amount_of_every_currency_is_written_and_read_back() {
    var money = PayPalGatewayProvider.MONEY;
    for (String text : List.of("USD 0.01", "JPY 1", "HUF 1.00", "TWD 999999.00", "EUR 1234.56")) {
      Money amount = Money.parse(text);
      assertThat(money.fromDecimal(amount.getCurrencyUnit(), money.toDecimal(amount)))
          .isEqualTo(amount);
    }
  }
}
