package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.SECRET;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.json.EventCatalogue;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with settings is said at the start, all of it, by name and without a value. */
class EndpointSettingsTest {
  private static final URI URL = URI.create("https://shop.example/hooks");

  private static EndpointSettings read(String... more) {
    return EndpointSettings.of(GatewaySettings.of(settings(URL, more)));
  }

  private static List<Problem> problems(String... more) {
    ConfigurationException[] thrown = new ConfigurationException[1];
    assertThatThrownBy(() -> read(more))
        .isInstanceOfSatisfying(ConfigurationException.class, e -> thrown[0] = e);
    return thrown[0].problems();
  }

  @Test
  void prefixes_of_the_network_are_listed_or_none_or_looked_up() {
    assertThat(read().prefixes()).isEmpty();
    assertThat(read("nat64-prefixes", "none").prefixes()).hasValue(List.of());
    assertThat(read("nat64-prefixes", "2001:4db8::/96, 2001:4db9::/32").prefixes().orElseThrow())
        .extracting(Network::bits)
        .containsExactly(96, 32);
    assertThat(problems("nat64-prefixes", "2001:4db8::/95").toString())
        .contains("with 32, 40, 48, 56, 64 or 96 bits");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once_and_no_value_is_shown() {
    List<Problem> problems =
        problems(
            "url", "https://10.0.0.1/token-in-the-path",
            "secret", "whsec_tooshort",
            "secret-previous", "sk_live_of_something_else",
            "source", "not a uri",
            "events", "PaymentFaild, payments, whsec_c2VjcmV0",
            "allowed-networks", "localhost",
            "nat64-prefixes", "2001:4db8::/96, 10.0.0.0/8");

    assertThat(problems)
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "url",
            "secret",
            "secret-previous",
            "source",
            "events",
            "events",
            "allowed-networks",
            "nat64-prefixes");
    assertThat(problems.toString())
        .contains("'PaymentFaild'")
        .doesNotContain("token-in-the-path", "tooshort", "sk_live", "not a uri", "whsec_c2V");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whsec_",
        "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM=", // 23 bytes
        "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ=",
        "whsec_not*base64*at*all*not*base64*at*all",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void what_is_no_secret_of_standard_webhooks_is_refused(String secret) {
    assertThat(problems("secret", secret)).extracting(Problem::field).containsExactly("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz, 24",
    "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw==, 64"
  })
  void secrets_of_24_to_64_bytes_are_fine(String secret, int bytes) {
    assertThat(Signer.key(SecretValue.of(secret)).orElseThrow().getEncoded()).hasSize(bytes);
  }

  @Test
  void one_secret_twice_is_no_change_of_secrets() {
    assertThat(problems("secret-previous", SECRET))
        .extracting(Problem::field)
        .containsExactly("secret-previous");
  }

  @Test
  void every_type_is_in_one_group() {
    List<String> grouped =
        Arrays.stream(EventGroup.values()).flatMap(group -> group.types().stream()).toList();

    assertThat(grouped).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(grouped)).isEqualTo(new TreeSet<>(EventCatalogue.types()));
  }

  @Test
  void groups_and_types_add_up_and_nothing_said_means_all() {
    assertThat(read("events", "refunds,CustomerCreated").events())
        .isEqualTo(Set.of("PaymentRefunded", "RefundFailed", "CustomerCreated"));
    assertThat(read().events()).isEqualTo(EventCatalogue.types());
    assertThat(read("events", "all").events()).isEqualTo(EventCatalogue.types());
  }

  @ParameterizedTest
  @ValueSource(strings = {"paymentfailed", "Payments", "payments,", ",", "dev.gatehouse.Overpaid"})
  void what_names_nothing_is_refused(String events) {
    assertThat(problems("events", events)).extracting(Problem::field).containsOnly("events");
  }

  @Test
  void the_provider_is_fit_to_be_dropped_in_and_offers_every_type() {
    try (HookCatalog catalog = HookCatalog.of(new WebhookRelayProvider())) {
      assertThat(catalog.refused()).isEmpty();
      assertThat(
              catalog.provider("relay-webhooks").orElseThrow().description().events().stream()
                  .map(Class::getSimpleName)
                  .collect(Collectors.toSet()))
          .isEqualTo(EventCatalogue.types());
    }
  }

  @Test
  void no_secret_is_in_any_text() {
    assertThat(read().toString()).doesNotContain(SECRET.substring(6, 20));
  }
}
