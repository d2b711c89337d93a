package dev.gatehouse.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.stripe.StripeAccount;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeServer;
import dev.gatehouse.testkit.stripe.StripeToken;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeGatewayProviderTest {
  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  private final StripeEmulator stripe = new StripeEmulator(clock);

  private ConfigurationException opening(Mode mode, Map<String, String> settings) {
    try (HttpTransport door = stripe.transport()) {
      GatewayEnvironment environment =
          new GatewayEnvironment(
              new GatewayInstanceId("stripe-eu"), mode, door, clock, Duration.ofSeconds(5));
      return catchThrowableOfType(
          ConfigurationException.class,
          () -> new StripeGatewayProvider().open(GatewaySettings.of(settings), environment));
    }
  }

  @Test
  void it_is_found_on_the_class_path() {
    assertThat(GatewayCatalog.discover().provider("stripe")).isPresent();
    assertThat(GatewayCatalog.discover().refusals()).isEmpty();
  }

  @Test
  void only_the_publishable_key_is_for_the_browser() {
    assertThat(new StripeGatewayProvider().describe().settings())
        .filteredOn(SettingSpec::isPublic)
        .extracting(SettingSpec::name)
        .containsExactly("publishable-key");
  }

  @ParameterizedTest
  @CsvSource({
    "TEST, sk_live_canary99, setting.mode",
    "LIVE, sk_test_canary99, setting.mode",
    "TEST, rk_live_canary99, setting.mode",
    "TEST, pk_test_canary99, setting.kind",
    "TEST, whsec_canary99, setting.kind",
    "TEST, sk_test_canary 9, setting.malformed",
    "TEST, sk, setting.malformed",
  })
  void a_wrong_key_is_refused_by_the_name_of_its_setting(Mode mode, String key, String code) {
    ConfigurationException refused = opening(mode, Map.of("secret-key", key));
    Problem problem = refused.problems().get(0);
    assertThat(problem.field()).isEqualTo("secret-key");
    assertThat(problem.code()).isEqualTo(code);
    assertThat(refused.toString()).contains("stripe-eu").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"123456", "A NAME THAT IS MUCH TOO LONG", "a<b", "it's", "a*b", "Köln", "a\"b"})
  void what_can_not_stand_on_a_statement_is_refused(String suffix) {
    assertThatThrownBy(
            () ->
                new Bench()
                    .open(
                        StripeAccount.test("main1234").signing("whsec_main1234"),
                        new Bench().door,
                        Map.of("statement-descriptor-suffix", suffix)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("statement-descriptor-suffix");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    ConfigurationException refused =
        opening(
            Mode.TEST,
            Map.of(
                "secret-key", "sk_live_canary99",
                "publishable-key", "pk_live_canary99",
                "webhook-secret", "canary",
                "webhook-secret-previous", "sk_test_canary99"));
    assertThat(refused.problems())
        .extracting(Problem::field)
        .containsExactly(
            "secret-key", "publishable-key", "webhook-secret", "webhook-secret-previous");
    assertThat(refused.toString()).doesNotContain("canary");
  }

  @Test
  void a_restricted_key_will_do() {
    assertThat(opening(Mode.TEST, Map.of("secret-key", "rk_test_limited1"))).isNull();
  }

  @Test
  void it_works_over_real_sockets() {
    try (StripeServer server = stripe.serve();
        HttpTransport door = HttpTransport.create(HttpOptions.defaults())) {
      Map<String, String> settings =
          new TreeMap<>(Map.of("secret-key", "sk_test_main", "base-url", "" + server.baseUrl()));
      GatewayEnvironment environment =
          new GatewayEnvironment(
              new GatewayInstanceId("stripe-eu"), Mode.TEST, door, clock, Duration.ofSeconds(10));
      var gateway = new StripeGatewayProvider().open(GatewaySettings.of(settings), environment);
      assertThat(gateway.charge(Bench.sale("pay-1", StripeToken.VISA)))
          .isInstanceOf(Outcome.Succeeded.class);
      assertThat(gateway.charge(Bench.sale("pay-2", StripeToken.DECLINED)))
          .isInstanceOf(Outcome.Declined.class);
      Outcome asked = gateway.charge(Bench.sale("pay-3", StripeToken.THREE_D_SECURE_2));
      assertThat(asked).isInstanceOf(Outcome.ActionRequired.class);
    }
  }

  @Test
  void a_host_that_nobody_is_at_is_not_sent() {
    URI nowhere = URI.create("http://127.0.0.1:1");
    try (HttpTransport door = HttpTransport.create(HttpOptions.defaults())) {
      GatewayEnvironment environment =
          new GatewayEnvironment(
              new GatewayInstanceId("stripe-eu"), Mode.TEST, door, clock, Duration.ofSeconds(10));
      var gateway =
          new StripeGatewayProvider()
              .open(
                  GatewaySettings.of(
                      Map.of("secret-key", "sk_test_main", "base-url", nowhere.toString())),
                  environment);
      Outcome outcome = gateway.charge(Bench.sale("pay-1", StripeToken.VISA));
      assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
      assertThat(((Outcome.NotSent) outcome).failure().message()).contains("127.0.0.1");
    }
  }
}
