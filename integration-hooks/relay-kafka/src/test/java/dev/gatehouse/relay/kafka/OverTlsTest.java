package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.GatewaySettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The relay by its settings before a broker with TLS and a password, as clusters have it. */
@ExtendWith(WithBroker.class)
class OverTlsTest {
  private final String topic = "events-" + UUID.randomUUID();
  private Broker broker;

  @BeforeEach
  void topic(Broker shared) {
    broker = shared;
    broker.topics(1, topic);
  }

  @Test
  void a_broker_whose_certificate_is_trusted_takes_events() throws Exception {
    LifecycleHook relay = open("127.0.0.1", Optional.of(broker.certificate().pem().toString()));
    try (AutoCloseable closing = (AutoCloseable) relay) {
      assertThat(closing).isInstanceOf(KafkaRelay.class);
      assertThat(relay.handle(Events.event("ada", 1), Events.attempt(1)))
          .isEqualTo(HookResult.delivered());
    }
  }

  @Test
  void a_broker_that_nobody_vouches_for_is_told_at_the_start_by_the_setting() {
    refused("127.0.0.1", Optional.empty());
  }

  @Test
  void a_trusted_certificate_of_another_name_is_refused() {
    refused("localhost", Optional.of(broker.certificate().pem().toString()));
  }

  private void refused(String host, Optional<String> certificates) {
    assertThatThrownBy(() -> open(host, certificates))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.problems().get(0).field()).isEqualTo("ca-file"))
        .hasMessageNotContaining(Broker.PASSWORD);
  }

  private LifecycleHook open(String host, Optional<String> certificates) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap-servers", host + ":" + broker.tlsPort());
    settings.put("topic", topic);
    settings.put("source", "https://shop.example");
    settings.put("sasl-mechanism", "PLAIN");
    settings.put("sasl-jaas-config", Broker.jaas("relay", Broker.PASSWORD));
    certificates.ifPresent(file -> settings.put("ca-file", file));
    try (HttpTransport door = HttpTransport.onJdkClient(HttpOptions.defaults())) {
      return new KafkaRelayProvider()
          .open(
              GatewaySettings.of(settings),
              new HookEnvironment("kafka", door, Clock.systemUTC(), Duration.ofSeconds(20)));
    }
  }
}
