package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelaySettingsTest {
  private static final String LOGIN = Broker.jaas("relay", "hunter2");

  private static final Map<String, String> GUARDED =
      Map.of(
          "bootstrap-servers", "kafka-1:9092",
          "topic", "gatehouse",
          "source", "https://shop.example",
          "sasl-mechanism", "SCRAM-SHA-512",
          "sasl-jaas-config", LOGIN);

  @Test
  void settings_become_what_the_clients_of_kafka_understand(@TempDir Path folder)
      throws IOException {
    Path pem = Files.createFile(folder.resolve("ca.pem"));
    KafkaRelayOptions options = options(with("ca-file", pem.toString()));

    assertThat(options.id()).isEqualTo("kafka-eu");
    assertThat(options.topic()).isEqualTo("gatehouse");
    assertThat(options.source()).isEqualTo(URI.create("https://shop.example"));
    assertThat(options.connection().forClient())
        .containsOnly(
            entry("bootstrap.servers", "kafka-1:9092"),
            entry("security.protocol", "SASL_SSL"),
            entry("sasl.mechanism", "SCRAM-SHA-512"),
            entry("sasl.jaas.config", LOGIN),
            entry("ssl.truststore.type", "PEM"),
            entry("ssl.truststore.location", pem.toString()));
    assertThat(options.toString()).doesNotContain("hunter2");
  }

  @Test
  void the_login_is_the_one_secret() {
    assertThat(RelaySettings.ALL)
        .filteredOn(spec -> spec.kind() == SettingKind.SECRET)
        .singleElement()
        .satisfies(spec -> assertThat(spec.name()).isEqualTo("sasl-jaas-config"));
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    Map<String, String> wrong = new HashMap<>(GUARDED);
    wrong.remove("sasl-mechanism");
    wrong.remove("sasl-jaas-config");
    wrong.put("source", "not an address");
    wrong.put("ca-file", "/nowhere/ca.pem");
    wrong.put("client-file", "\0");

    assertThatThrownBy(() -> options(wrong))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactlyInAnyOrder(
                        "sasl-mechanism", "sasl-jaas-config", "source", "ca-file", "client-file"));
    assertThatThrownBy(() -> options(with("security-protocol", "TELNET")))
        .hasMessageContaining("security-protocol");
  }

  @Test
  void time_limits_leave_the_engine_its_grace() {
    assertThatThrownBy(
            () ->
                RelaySettings.options(GatewaySettings.of(GUARDED), "kafka", Duration.ofMinutes(3)))
        .hasMessageContaining("timeLimit");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings = new HashMap<>(GUARDED);
    settings.put(name, value);
    return settings;
  }

  private static KafkaRelayOptions options(Map<String, String> settings) {
    return RelaySettings.options(GatewaySettings.of(settings), "kafka-eu", Duration.ofSeconds(20));
  }
}
