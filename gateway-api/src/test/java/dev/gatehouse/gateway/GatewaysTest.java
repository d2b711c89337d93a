package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.fake.ClosedTransport;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.fake.FakeProvider;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.SecretValue;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GatewaysTest {
  private static final String CANARY = "sk_live_canary_value";
  private static final GatewayDescription DEMANDING =
      FakeProvider.bare()
          .setting(SettingSpec.required("secret-key", SettingKind.SECRET, "The key."))
          .setting(SettingSpec.required("merchant", SettingKind.TEXT, "Who you are."))
          .setting(SettingSpec.optional("base-url", SettingKind.URL, "Where it is."))
          .setting(SettingSpec.optional("strict", SettingKind.BOOLEAN, "How.").orElse("true"))
          .setting(SettingSpec.optional("retries", SettingKind.INTEGER, "How often."))
          .setting(
              SettingSpec.optional("publishable", SettingKind.TEXT, "For browsers.")
                  .visibleToBrowser())
          .build();

  private final ClosedTransport transport = new ClosedTransport();

  @Test
  void every_problem_of_every_instance_is_said_at_once_and_says_where_to_set_it() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("merchant", "  ");
    wrong.put("base-url", "http://provider.example");
    wrong.put("strict", "yes");
    wrong.put("retries", "three");
    wrong.put("colour", "blue");
    ConfigurationException refused =
        refused(demanding(), config("shop-eu", wrong), config("shop-us", Map.of()));
    assertThat(refused.problems())
        .extracting(Problem::field, Problem::code)
        .containsExactlyInAnyOrder(
            tuple("secret-key", "setting.missing"),
            tuple("merchant", "setting.malformed"),
            tuple("base-url", "setting.malformed"),
            tuple("strict", "setting.malformed"),
            tuple("retries", "setting.malformed"),
            tuple("colour", "setting.unknown"),
            tuple("secret-key", "setting.missing"),
            tuple("merchant", "setting.missing"));
    assertThat(refused.getMessage())
        .contains("setting 'secret-key' of gateway 'shop-us' is missing")
        .contains("set gateway.shop-us.secret-key or GATEWAY_SHOP_US_SECRET_KEY");
    assertThat(transport.closed()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "merchant, ''",
    "merchant, ' x'",
    "merchant, 'x\u0007'",
    "base-url, not an address",
    "base-url, https://user:pw@provider.example",
    "base-url, https:///nowhere",
    "base-url, ftp://provider.example",
    "base-url, http://127.0.0.1.evil.example",
    "strict, TRUE",
    "retries, 1.5",
    "retries, 99999999999999999999",
  })
  void a_malformed_setting_is_named_and_its_value_is_not_shown(String setting, String value) {
    Map<String, String> settings = valid();
    settings.put(setting, value);
    ConfigurationException refused = refused(demanding(), config("shop", settings));
    assertThat(refused.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo(setting);
              assertThat(problem.code()).isEqualTo("setting.malformed");
              assertThat(problem.remedy()).contains("gateway.shop." + setting);
            });
    if (value.length() > 3) {
      assertThat(refused.getMessage()).doesNotContain(value);
    }
  }

  @Test
  void no_secret_is_shown_by_anything_that_holds_or_refuses_it() {
    Map<String, String> settings = valid();
    settings.put("secret-key", CANARY);
    GatewayConfig config = config("shop", settings);
    assertThat(config.toString()).doesNotContain(CANARY).contains("secret-key");
    assertThat(GatewaySettings.of(settings).toString()).doesNotContain(CANARY);
    assertThat(SecretValue.of(CANARY).toString()).doesNotContain(CANARY);
    settings.put("secret-key", CANARY + "\n");
    settings.put(CANARY, "secret-key");
    settings.put("retries", CANARY);
    ConfigurationException refused = refused(demanding(), config("shop", settings));
    assertThat(refused.problems()).hasSize(3);
    assertThat(everythingIn(refused)).doesNotContain(CANARY);
    FakeProvider leaking =
        new FakeProvider(
            "fake",
            DEMANDING,
            (given, environment) -> {
              throw new IllegalStateException("bad key " + given.required("secret-key"));
            });
    assertThat(everythingIn(refused(leaking, config("shop", valid())))).doesNotContain(CANARY);
  }

  @Test
  void one_provider_is_opened_twice_with_settings_of_their_own() {
    List<String> opened = new ArrayList<>();
    FakeProvider provider =
        new FakeProvider(
            "fake",
            DEMANDING,
            (settings, environment) -> {
              opened.add(environment.instance() + "=" + settings.required("merchant"));
              return new FakeGateway();
            });
    Map<String, String> eu = valid();
    eu.put("merchant", "eu");
    eu.put("publishable", "pk_eu");
    Map<String, String> us = valid();
    us.put("merchant", "us");
    Gateways gateways = open(provider, config("shop-eu", eu), config("shop-us", us));
    assertThat(opened).containsExactly("shop-eu=eu", "shop-us=us");
    assertThat(gateways.gateway(new GatewayInstanceId("shop-eu")).publicSettings())
        .containsExactly(Map.entry("publishable", "pk_eu"));
    assertThat(gateways.gateway(new GatewayInstanceId("shop-us")).publicSettings()).isEmpty();
    assertThatThrownBy(() -> gateways.gateway(new GatewayInstanceId("shop")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("shop-eu")
        .hasMessageContaining("shop-us");
  }

  @Test
  void the_callers_map_can_change_afterwards_without_effect() {
    Map<String, String> settings = valid();
    GatewayConfig config = config("shop", settings);
    settings.clear();
    open(demanding(), config).close();
    assertThat(config.settings()).containsKey("secret-key");
  }

  @Test
  void an_unknown_provider_is_refused_and_what_was_refused_at_loading_is_named() {
    FakeProvider odd = FakeProvider.bare("Odd Id", new FakeGateway());
    GatewayCatalog catalog = GatewayCatalog.of(odd, FakeProvider.bare("known", new FakeGateway()));
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> open(catalog, new GatewayConfig(id("shop"), "odd-id", Mode.TEST, Map.of())));
    assertThat(refused.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo("gateway.no-provider");
              assertThat(problem.message())
                  .contains("'odd-id'")
                  .contains(FakeProvider.class.getName())
                  .contains("its id must be");
              assertThat(problem.remedy()).contains("known");
            });
  }

  @Test
  void two_instances_under_one_id_are_refused_and_neither_is_opened() {
    FakeGateway gateway = new FakeGateway();
    ConfigurationException refused =
        refused(
            FakeProvider.bare("fake", gateway), config("shop", Map.of()), config("shop", Map.of()));
    assertThat(refused.problems()).extracting(Problem::code).containsExactly("gateway.duplicate");
    assertThat(gateway.calls()).isEmpty();
    assertThat(transport.closed()).isEqualTo(1);
  }

  @Test
  void nothing_stays_open_after_a_failed_open_not_even_when_closing_fails() {
    FakeGateway first =
        new FakeGateway(
            (call, request) -> {
              throw new IllegalStateException("cannot close");
            });
    FakeGateway second = new FakeGateway();
    GatewayCatalog catalog =
        GatewayCatalog.of(
            FakeProvider.bare("one", first),
            FakeProvider.bare("two", second),
            opening(
                "three",
                () -> {
                  throw new StackOverflowError();
                }));
    assertThatThrownBy(
            () ->
                open(
                    catalog,
                    GatewayConfig.test("one", Map.of()),
                    GatewayConfig.test("two", Map.of()),
                    GatewayConfig.test("three", Map.of())))
        .isInstanceOf(ConfigurationException.class);
    assertThat(first.calls()).containsExactly("close");
    assertThat(second.calls()).containsExactly("close");
    assertThat(transport.closed()).isEqualTo(1);
  }

  @Test
  void nothing_stays_open_when_memory_ends_in_the_middle() {
    FakeGateway first = new FakeGateway();
    GatewayCatalog catalog =
        GatewayCatalog.of(
            FakeProvider.bare("one", first),
            opening(
                "two",
                () -> {
                  throw new OutOfMemoryError("planted");
                }));
    assertThatThrownBy(
            () ->
                open(
                    catalog,
                    GatewayConfig.test("one", Map.of()),
                    GatewayConfig.test("two", Map.of())))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(first.calls()).containsExactly("close");
    assertThat(transport.closed()).isEqualTo(1);
  }

  @Test
  void closing_closes_every_gateway_and_then_the_transport_whatever_they_throw() {
    FakeGateway bad =
        new FakeGateway(
            (call, request) -> {
              throw new AssertionError("cannot close");
            });
    FakeGateway good = new FakeGateway();
    GatewayCatalog catalog =
        GatewayCatalog.of(FakeProvider.bare("a-bad", bad), FakeProvider.bare("b-good", good));
    open(catalog, GatewayConfig.test("a-bad", Map.of()), GatewayConfig.test("b-good", Map.of()))
        .close();
    assertThat(bad.calls()).containsExactly("close");
    assertThat(good.calls()).containsExactly("close");
    assertThat(transport.closed()).isEqualTo(1);
  }

  static Stream<Opening> openings_that_fail() {
    return Stream.of(
        () -> null,
        () -> {
          throw new IllegalStateException(CANARY);
        },
        () -> {
          throw new ExceptionInInitializerError(new IllegalStateException(CANARY));
        },
        () -> {
          throw new ConfigurationException(List.of());
        });
  }

  @ParameterizedTest
  @MethodSource("openings_that_fail")
  void a_provider_that_fails_to_open_is_a_configuration_error_and_never_a_missing_gateway(
      Opening opening) {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                open(
                    GatewayCatalog.of(opening("fake", opening)),
                    GatewayConfig.test("fake", Map.of())));
    assertThat(refused.problems()).isNotEmpty();
    assertThat(everythingIn(refused)).doesNotContain(CANARY);
    assertThat(transport.closed()).isEqualTo(1);
  }

  @Test
  void what_a_provider_says_about_its_settings_is_passed_on_whole() {
    Problem one = new Problem("secret-key", "fake.live-key", "is a live key", "use a test key");
    Problem two = new Problem("merchant", "fake.merchant", "is nobody", "ask support");
    FakeProvider strict =
        opening(
            "fake",
            () -> {
              throw new ConfigurationException(List.of(one, two));
            });
    assertThat(refused(strict, GatewayConfig.test("fake", Map.of())).problems())
        .containsExactly(
            new Problem(
                "secret-key", "fake.live-key", "gateway 'fake': is a live key", "use a test key"),
            new Problem("merchant", "fake.merchant", "gateway 'fake': is nobody", "ask support"));
  }

  @Test
  void declared_and_implemented_must_agree_in_both_directions() {
    FakeGateway full = new FakeGateway.Full();
    ConfigurationException undeclared =
        refused(FakeProvider.bare("fake", full), GatewayConfig.test("fake", Map.of()));
    FakeGateway bare = new FakeGateway();
    ConfigurationException unimplemented =
        refused(FakeProvider.full("fake", bare), GatewayConfig.test("fake", Map.of()));
    for (Capability capability : Capability.values()) {
      capability
          .implementedBy()
          .ifPresent(
              type -> {
                assertThat(undeclared.getMessage())
                    .contains(
                        "implements " + type.getSimpleName() + " without declaring " + capability);
                assertThat(unimplemented.getMessage())
                    .contains(
                        "declares " + capability + " without implementing " + type.getSimpleName());
              });
    }
    assertThat(undeclared.getMessage()).contains(FakeProvider.class.getName());
    assertThat(full.calls()).containsExactly("close");
    assertThat(bare.calls()).containsExactly("close");
    open(FakeProvider.full("fake", new FakeGateway.Full()), GatewayConfig.test("fake", Map.of()))
        .close();
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_is_refused_typed_wherever_it_is_put() {
    GatewayCatalog catalog = GatewayCatalog.of(demanding());
    Map<String, String> holed = new HashMap<>();
    holed.put("secret-key", null);
    Map<String, String> nameless = new HashMap<>();
    nameless.put(null, "x");
    Clock clock = Clock.systemUTC();
    Duration limit = Duration.ofSeconds(1);
    List<Runnable> calls =
        List.of(
            () -> new GatewayConfig(null, "fake", Mode.TEST, Map.of()),
            () -> new GatewayConfig(id("shop"), null, Mode.TEST, Map.of()),
            () -> new GatewayConfig(id("shop"), "fake", null, Map.of()),
            () -> new GatewayConfig(id("shop"), "fake", Mode.TEST, null),
            () -> new GatewayConfig(id("shop"), "fake", Mode.TEST, holed),
            () -> new GatewayConfig(id("shop"), "fake", Mode.TEST, nameless),
            () -> GatewayConfig.test(null, Map.of()),
            () -> GatewayConfig.test("not an id", Map.of()),
            () -> Gateways.open(null, List.of(), transport, clock, limit),
            () -> Gateways.open(catalog, null, transport, clock, limit),
            () ->
                Gateways.open(
                    catalog, Arrays.asList((GatewayConfig) null), transport, clock, limit),
            () -> Gateways.open(catalog, List.of(), null, clock, limit),
            () -> Gateways.open(catalog, List.of(), transport, null, limit),
            () -> Gateways.open(catalog, List.of(), transport, clock, null),
            () -> Gateways.open(catalog, List.of(), transport, clock, limit).gateway(null),
            () -> SecretValue.of(null),
            () -> GatewayCatalog.of((FakeProvider) null),
            () -> GatewayCatalog.discover(null),
            () -> catalog.and(null),
            () -> catalog.provider(null));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(InvalidInputException.class);
    }
  }

  /** Opens a gateway, or fails to. */
  @FunctionalInterface
  interface Opening {
    PaymentGateway gateway();
  }

  private static FakeProvider opening(String id, Opening opening) {
    return new FakeProvider(
        id, FakeProvider.bare().build(), (settings, environment) -> opening.gateway());
  }

  private static FakeProvider demanding() {
    return new FakeProvider("fake", DEMANDING, (settings, environment) -> new FakeGateway());
  }

  private static Map<String, String> valid() {
    Map<String, String> settings = new HashMap<>();
    settings.put("secret-key", "sk_1");
    settings.put("merchant", "me");
    return settings;
  }

  private ConfigurationException refused(FakeProvider provider, GatewayConfig... configs) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> open(provider, configs));
    assertThat(refused).as("refusal").isNotNull();
    return refused;
  }

  private Gateways open(FakeProvider provider, GatewayConfig... configs) {
    return open(GatewayCatalog.of(provider), configs);
  }

  private Gateways open(GatewayCatalog catalog, GatewayConfig... configs) {
    return Gateways.open(
        catalog, List.of(configs), transport, Clock.systemUTC(), Duration.ofSeconds(1));
  }

  private static GatewayConfig config(String instance, Map<String, String> settings) {
    return new GatewayConfig(id(instance), "fake", Mode.TEST, settings);
  }

  private static GatewayInstanceId id(String instance) {
    return new GatewayInstanceId(instance);
  }

  private static String everythingIn(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
