package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.plugin.SettingNames;
import dev.gatehouse.plugin.SettingsLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigsTest {
  private static final String CANARY = "sk_live_canary_value";
  private static final GatewayInstanceId EU = new GatewayInstanceId("stripe-eu");

  @TempDir Path folder;

  @Test
  void properties_alone_declare_an_instance() throws IOException {
    Path file =
        file(
            """
            # The application's own; of no interest here.
            server.port = 8080
            gateway.stripe-eu.provider = stripe
            gateway.stripe-eu.mode = live
            gateway.stripe-eu.secret-key = ключ
            gateway.stripe-eu.new-payments = off
            """);
    assertThat(configs(GatewayConfigs.collect().properties(file)))
        .containsExactly(
            new GatewayConfig(EU, "stripe", Mode.LIVE, false, Map.of("secret-key", "ключ")));
  }

  @Test
  void the_environment_alone_declares_an_instance() {
    Map<String, String> environment =
        Map.of(
            "GATEWAY_STRIPE_EU_PROVIDER", "stripe",
            "GATEWAY_STRIPE_EU_MODE", "test",
            "GATEWAY_STRIPE_EU_SECRET_KEY", "sk_test_1",
            "PATH", "/bin");
    assertThat(configs(GatewayConfigs.collect().environment(environment)))
        .containsExactly(
            new GatewayConfig(EU, "stripe", Mode.TEST, Map.of("secret-key", "sk_test_1")));
  }

  @Test
  void code_alone_declares_an_instance() {
    assertThat(
            configs(
                GatewayConfigs.collect()
                    .set(EU, "provider", "stripe")
                    .set(EU, "mode", "test")
                    .set(EU, "secret-key", "sk_test_1")))
        .containsExactly(
            new GatewayConfig(EU, "stripe", Mode.TEST, Map.of("secret-key", "sk_test_1")));
  }

  @Test
  void what_is_added_later_wins_setting_by_setting() {
    Map<String, String> file = declared("stripe-eu");
    file.put("gateway.stripe-eu.a", "file");
    file.put("gateway.stripe-eu.b", "file");
    file.put("gateway.stripe-eu.c", "file");
    Map<String, String> environment = new HashMap<>();
    environment.put("GATEWAY_STRIPE_EU_B", "environment");
    environment.put("GATEWAY_STRIPE_EU_C", "environment");
    Properties none = new Properties();
    assertThat(
            configs(
                GatewayConfigs.collect()
                    .properties(file)
                    .properties(none)
                    .environment(environment)
                    .set(EU, "c", "code")))
        .singleElement()
        .extracting(GatewayConfig::settings)
        .isEqualTo(Map.of("a", "file", "b", "environment", "c", "code"));
    assertThat(
            configs(
                GatewayConfigs.collect()
                    .set(EU, "c", "code")
                    .environment(environment)
                    .properties(file)))
        .singleElement()
        .extracting(GatewayConfig::settings)
        .isEqualTo(Map.of("a", "file", "b", "file", "c", "file"));
  }

  @Test
  void a_variable_belongs_to_the_instance_with_the_longest_name_that_fits() {
    Map<String, String> both = declared("stripe");
    both.putAll(declared("stripe-eu"));
    Map<String, String> environment =
        Map.of("GATEWAY_STRIPE_EU_KEY", "1", "GATEWAY_STRIPE_KEY", "2");
    for (GatewayConfigs configs :
        List.of(
            GatewayConfigs.collect().properties(both).environment(environment),
            GatewayConfigs.collect().environment(environment).properties(both))) {
      assertThat(configs(configs))
          .extracting(GatewayConfig::settings)
          .containsExactly(Map.of("key", "2"), Map.of("key", "1"));
    }
    assertThat(
            configs(
                GatewayConfigs.collect().properties(declared("stripe")).environment(environment)))
        .singleElement()
        .extracting(GatewayConfig::settings)
        .isEqualTo(Map.of("eu-key", "1", "key", "2"));
  }

  @Test
  void a_variable_that_may_mean_two_instances_is_a_problem() {
    Map<String, String> both = declared("stripe-eu");
    both.putAll(declared("stripe.eu"));
    Resolved resolved =
        GatewayConfigs.collect()
            .properties(both)
            .environment(Map.of("GATEWAY_STRIPE_EU_KEY", CANARY))
            .resolve();
    assertThat(resolved.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.describe())
                  .contains("GATEWAY_STRIPE_EU_KEY", "stripe-eu", "stripe.eu");
              assertThat(problem.describe()).doesNotContain(CANARY);
            });
  }

  @Test
  void variables_of_others_that_begin_alike_do_no_harm() {
    Resolved resolved =
        GatewayConfigs.collect()
            .environment(
                Map.of("GATEWAY_INTERFACE", "CGI/1.1", "GATEWAY_", "", "GATEWAY__PROVIDER", "x"))
            .resolve();
    assertThat(resolved.configs()).isEmpty();
    assertThat(resolved.problems()).isEmpty();
    assertThat(resolved.refused()).isEmpty();
  }

  @Test
  void an_instance_that_says_no_provider_or_no_mode_is_refused_and_says_where_to_say_it() {
    Map<String, String> values = declared("good");
    values.put("gateway.stripe-eu.secret-key", CANARY);
    values.put("gateway.other.provider", "stripe");
    values.put("gateway.other.mode", "life");
    values.put("gateway.other.new-payments", "no");
    Resolved resolved = GatewayConfigs.collect().properties(values).resolve();
    assertThat(resolved.configs()).extracting(GatewayConfig::provider).containsExactly("good");
    assertThat(resolved.refused().get(EU).problems())
        .extracting(Problem::describe)
        .containsExactly(
            "provider: setting 'provider' of gateway 'stripe-eu' is missing; set"
                + " gateway.stripe-eu.provider or GATEWAY_STRIPE_EU_PROVIDER to the id of its"
                + " provider, such as stripe",
            "mode: setting 'mode' of gateway 'stripe-eu' is missing; set gateway.stripe-eu.mode or"
                + " GATEWAY_STRIPE_EU_MODE to test or live");
    assertThat(resolved.refused().get(new GatewayInstanceId("other")).problems())
        .extracting(Problem::field, Problem::code)
        .containsExactly(
            tuple("mode", "setting.malformed"), tuple("new-payments", "setting.malformed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway.",
        "gateway.x",
        "gateway..x",
        "gateway.a b.x",
        "gateway.4111111111111111.x"
      })
  void a_key_that_names_no_setting_is_a_problem(String key) {
    Resolved resolved = GatewayConfigs.collect().properties(Map.of(key, CANARY)).resolve();
    assertThat(resolved.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.describe())
                    .contains("write gateway.INSTANCE.SETTING")
                    .doesNotContain(CANARY));
  }

  @Test
  void a_key_that_is_set_twice_in_one_file_is_a_problem() throws IOException {
    Path file = file("gateway.a.key = 1\ngateway.a.key = " + CANARY + "\nx = 1\nx = 2\n");
    assertThat(GatewayConfigs.collect().properties(file).resolve().problems())
        .extracting(Problem::describe)
        .singleElement()
        .asString()
        .contains("gateway.a.key: is set twice in " + file)
        .doesNotContain(CANARY);
  }

  @Test
  void a_byte_order_mark_before_the_first_line_hides_no_setting() throws IOException {
    String text =
        "gateway.stripe-eu.new-payments = off\n"
            + "gateway.stripe-eu.provider = stripe\ngateway.stripe-eu.mode = test\n";
    for (String mark : List.of("", "\uFEFF")) {
      Resolved resolved = GatewayConfigs.collect().properties(file(mark + text)).resolve();
      assertThat(resolved.problems()).isEmpty();
      assertThat(resolved.configs()).singleElement().matches(config -> !config.newPayments());
    }
    assertThat(GatewayConfigs.collect().properties(file("\uFEFF")).resolve().configs()).isEmpty();
    assertThat(GatewayConfigs.collect().properties(file("")).resolve().configs()).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_read_is_named() throws IOException {
    Path malformed = file("gateway.a.key = \\u00zz");
    Path latin = folder.resolve("latin.properties");
    Files.write(latin, "gateway.a.key = ä".getBytes(StandardCharsets.ISO_8859_1));
    Path nowhere = folder.resolve("nowhere.properties");
    assertThat(
            GatewayConfigs.collect()
                .properties(malformed)
                .properties(latin)
                .properties(nowhere)
                .properties(folder)
                .resolve()
                .problems())
        .extracting(Problem::field)
        .containsExactly(
            malformed.toString(), latin.toString(), nowhere.toString(), folder.toString());
  }

  @Test
  void nothing_that_is_printed_shows_a_value() {
    Map<String, String> values = declared("stripe-eu");
    values.put("gateway.stripe-eu.secret-key", CANARY);
    GatewayConfigs configs =
        GatewayConfigs.collect()
            .properties(values)
            .environment(Map.of("GATEWAY_STRIPE_EU_OTHER", CANARY))
            .set(EU, "third", CANARY);
    assertThat(configs.toString()).doesNotContain(CANARY);
    assertThat(SettingsLayer.properties(GatewayKind.GATEWAY, values).toString())
        .doesNotContain(CANARY);
    assertThat(
            SettingsLayer.environment(GatewayKind.GATEWAY, Map.of("GATEWAY_X_Y", CANARY))
                .toString())
        .doesNotContain(CANARY);
    assertThat(configs.resolve().toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource({
    "secret-kye, secret-key",
    "secretkey, secret-key",
    "secret_key, secret-key",
    "publishable, publishable-key",
    "base-ulr, base-url",
    "shpo, shop",
    "colour, ",
  })
  void the_nearest_known_name_is_found(String mistyped, String meant) {
    Set<String> known = Set.of("secret-key", "base-url", "publishable-key", "shop");
    assertThat(SettingNames.nearest(mistyped, known).orElse(null)).isEqualTo(meant);
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_is_refused_typed_wherever_it_is_put() {
    Map<String, String> holed = new HashMap<>();
    holed.put("gateway.a.b", null);
    List<Runnable> calls =
        List.of(
            () -> GatewayConfigs.collect().add(null),
            () -> GatewayConfigs.collect().properties((Path) null),
            () -> GatewayConfigs.collect().properties((Properties) null),
            () -> GatewayConfigs.collect().properties(holed),
            () -> GatewayConfigs.collect().environment(null),
            () -> GatewayConfigs.collect().environment(holed),
            () -> GatewayConfigs.collect().set(null, "a", "b"),
            () -> GatewayConfigs.collect().set(EU, null, "b"),
            () -> GatewayConfigs.collect().set(EU, "a", null),
            () -> GatewayConfigs.collect().and(null),
            () -> GatewayFolder.open(null));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(InvalidInputException.class);
    }
  }

  private static Map<String, String> declared(String instance) {
    Map<String, String> values = new HashMap<>();
    values.put("gateway." + instance + ".provider", instance.replaceAll("[.-].*", ""));
    values.put("gateway." + instance + ".mode", "test");
    return values;
  }

  private static List<GatewayConfig> configs(GatewayConfigs collected) {
    Resolved resolved = collected.resolve();
    assertThat(resolved.problems()).isEmpty();
    assertThat(resolved.refused()).isEmpty();
    return resolved.configs();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("gateways" + text.hashCode() + ".properties"), text);
  }
}
