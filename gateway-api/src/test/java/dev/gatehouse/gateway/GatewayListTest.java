package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.fake.FakeProvider;
import dev.gatehouse.gateway.GatewayStatus.State;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.validation.InputValidator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with one instance is told, and the rest goes on if that is wanted. */
class GatewayListTest {
  private static final String KEY = "sk_live_canary_value";

  private static final FakeProvider GOOD = FakeProvider.bare("good", new FakeGateway());

  /** Opens with a test key in test mode only, and says more than it should otherwise. */
  private static final FakeProvider STRICT =
      new FakeProvider(
          "strict",
          FakeProvider.bare()
              .setting(SettingSpec.required("secret-key", SettingKind.SECRET, "The key."))
              .build(),
          (settings, environment) -> {
            boolean live = settings.required("secret-key").startsWith("sk_live");
            if (live != (environment.mode() == Mode.LIVE)) {
              throw new ConfigurationException(
                  new Problem(
                      "secret-key",
                      "setting.mode",
                      "is " + settings.required("secret-key"),
                      "use the key of mode " + environment.mode()));
            }
            return new FakeGateway();
          });

  /** Asks its provider when it is opened. */
  private static final FakeProvider CURIOUS =
      new FakeProvider(
          "curious",
          FakeProvider.bare().build(),
          (settings, environment) -> {
            environment
                .http()
                .send(
                    new HttpRequest(
                        "GET",
                        URI.create("http://127.0.0.1:1/secret-path"),
                        HttpHeaders.none(),
                        new byte[0]),
                    environment.timeLimit());
            return new FakeGateway();
          });

  private static final GatewayCatalog CATALOG =
      GatewayCatalog.of(GOOD, STRICT, CURIOUS, FakeProvider.bare("Bad Id", new FakeGateway()));

  @Test
  void every_gateway_is_listed_with_where_it_stands_and_why() {
    try (Gateways gateways = goOn(declarations())) {
      assertThat(gateways.list())
          .extracting(
              status -> status.instance().map(GatewayInstanceId::value).orElse("-"),
              GatewayStatus::state,
              GatewayStatus::provider,
              GatewayStatus::mode,
              status -> status.problems().stream().map(Problem::code).toList())
          .containsExactly(
              tuple("good", State.ON, "good", Optional.of(Mode.TEST), List.of()),
              tuple("good-off", State.OFF, "good", Optional.of(Mode.TEST), List.of()),
              refused("curious", "curious", "gateway.unreachable"),
              refused("live-in-test", "strict", "setting.mode"),
              refused("mistyped", "strct", "gateway.no-provider"),
              refused("no-mode", "good", "setting.missing"),
              refused("test-in-live", "strict", "setting.mode"),
              refused("-", "", "provider.refused"));
      assertThat(gateways.list())
          .filteredOn(status -> status.provider().equals("strict"))
          .allSatisfy(
              status -> {
                assertThat(status.description()).isPresent();
                assertThat(status.source()).contains(FakeProvider.class.getName());
              });
      assertThat(gateways.list().toString()).doesNotContain(KEY, "secret-path");
    }
  }

  @Test
  void each_refusal_names_the_setting_the_instance_the_host_or_the_class() {
    try (Gateways gateways = goOn(declarations())) {
      assertThat(whyNot(gateways, "live-in-test"))
          .isEqualTo("secret-key: gateway 'live-in-test': is …; use the key of mode TEST");
      assertThat(whyNot(gateways, "test-in-live"))
          .isEqualTo("secret-key: gateway 'test-in-live': is …; use the key of mode LIVE");
      assertThat(whyNot(gateways, "curious"))
          .startsWith("curious: its provider did not answer when it was opened: GET 127.0.0.1:1:");
      assertThat(whyNot(gateways, "mistyped")).contains("did you mean 'strict'?");
      assertThat(whyNot(gateways, "no-mode")).contains("gateway.no-mode.mode");
    }
  }

  @Test
  void a_provider_that_nobody_configured_is_listed_as_well() {
    try (Gateways gateways = goOn(GatewayConfigs.collect())) {
      assertThat(gateways.list())
          .extracting(GatewayStatus::provider, GatewayStatus::state)
          .containsExactly(
              tuple("", State.REFUSED),
              tuple("curious", State.NOT_CONFIGURED),
              tuple("good", State.NOT_CONFIGURED),
              tuple("strict", State.NOT_CONFIGURED));
    }
  }

  @Test
  void asking_for_a_gateway_that_could_not_be_opened_is_refused_before_any_io() {
    try (Gateways gateways = goOn(declarations())) {
      GatewayInstanceId refused = new GatewayInstanceId("live-in-test");
      assertThat(gateways.find(refused)).isEmpty();
      NotFoundException answer =
          catchThrowableOfType(NotFoundException.class, () -> gateways.gateway(refused));
      assertThat(answer.problems()).extracting(Problem::code).containsExactly("gateway.refused");
    }
  }

  @Test
  void without_a_word_nothing_is_opened_if_one_is_refused_and_all_problems_are_said() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> open(declarations(), WhenRefused.STOP).close());
    assertThat(refused.problems())
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "gateway.unreachable",
            "setting.mode",
            "gateway.no-provider",
            "setting.missing",
            "setting.mode");
    assertThat(refused.getMessage()).doesNotContain(KEY);
  }

  @Test
  void a_source_that_cannot_be_read_stops_everything_since_nobody_knows_what_it_said() {
    GatewayConfigs configs = declarations().properties(Path.of("no-such-file"));
    assertThatThrownBy(() -> goOn(configs))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no-such-file");
  }

  @Test
  void an_instance_that_is_declared_twice_is_refused_and_the_others_go_on() {
    GatewayConfigs configs =
        GatewayConfigs.collect()
            .properties(Map.of("gateway.good.provider", "good", "gateway.good.mode", "test"))
            .properties(Map.of("gateway.other.provider", "good", "gateway.other.mode", "test"))
            .add(GatewayConfig.test("good", Map.of()));
    try (Gateways gateways = goOn(configs)) {
      assertThat(gateways.views()).extracting(view -> view.id().value()).containsExactly("other");
      assertThat(whyNot(gateways, "good")).contains("two gateways are configured under this id");
    }
  }

  private static GatewayConfigs declarations() {
    return GatewayConfigs.collect()
        .properties(
            Map.of(
                "gateway.good.provider", "good",
                "gateway.good.mode", "test",
                "gateway.good-off.provider", "good",
                "gateway.good-off.mode", "test",
                "gateway.good-off.new-payments", "off",
                "gateway.no-mode.provider", "good",
                "gateway.curious.provider", "curious",
                "gateway.curious.mode", "test"))
        .properties(
            Map.of(
                "gateway.live-in-test.provider", "strict",
                "gateway.live-in-test.mode", "test",
                "gateway.live-in-test.secret-key", KEY,
                "gateway.test-in-live.provider", "strict",
                "gateway.test-in-live.mode", "live",
                "gateway.test-in-live.secret-key", "sk_test_canary_value",
                "gateway.mistyped.provider", "strct",
                "gateway.mistyped.mode", "test"));
  }

  private static Tuple refused(String instance, String provider, String code) {
    return tuple(instance, State.REFUSED, provider, Optional.empty(), List.of(code));
  }

  private static String whyNot(Gateways gateways, String instance) {
    return gateways.list().stream()
        .filter(s -> s.instance().equals(Optional.of(new GatewayInstanceId(instance))))
        .map(status -> status.problems().get(0).describe())
        .findFirst()
        .orElseThrow();
  }

  private static Gateways goOn(GatewayConfigs configs) {
    return open(configs, WhenRefused.GO_ON);
  }

  private static Gateways open(GatewayConfigs configs, WhenRefused whenRefused) {
    HttpTransport door = HttpTransport.create(HttpOptions.defaults());
    return Gateways.open(
        CATALOG,
        configs,
        whenRefused,
        InputValidator.create(),
        door,
        Clock.systemUTC(),
        Duration.ofSeconds(5));
  }
}
