package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.hook.HookResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A cluster that refuses the relay later on is one alarm, and not one for each event. */
class RelayAlarmTest {
  private final String topic = "events-" + UUID.randomUUID();
  private final KafkaConnection connection = KafkaConnection.to("127.0.0.1:1");
  private boolean isRefused;

  @Test
  void the_alarm_is_raised_once_until_the_cluster_takes_something_again() throws IOException {
    Duration limit = Duration.ofSeconds(4);
    Writers writers = new Writers(connection, limit, config -> producer());
    KafkaRelayOptions options =
        KafkaRelayOptions.to(connection, topic, URI.create("https://shop.example"));
    try (KafkaRelay relay = new KafkaRelay(options, writers)) {
      isRefused = true;
      assertThat(tell(relay, 1)).isInstanceOf(HookResult.Retry.class);
      assertThat(tell(relay, 2)).isInstanceOf(HookResult.Retry.class);
      assertThat(tell(relay, 3))
          .isEqualTo(
              new HookResult.Park(
                  "the cluster refuses the credentials; look at 'sasl-jaas-config'"));
      assertThat(alarms()).isEqualTo(1);

      isRefused = false;
      assertThat(tell(relay, 1)).isEqualTo(HookResult.delivered());
      isRefused = true;
      // The producer that was let in is still the one.
      writers.discard(writers.current());
      assertThat(tell(relay, 1)).isInstanceOf(HookResult.Retry.class);
      assertThat(alarms()).isEqualTo(2);
    }
  }

  private static HookResult tell(KafkaRelay relay, int attempt) {
    return relay.handle(Events.event("ada", 1), Events.attempt(attempt));
  }

  private MockProducer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    if (isRefused) {
      producer.sendException = new SaslAuthenticationException("password hunter2");
    }
    return producer;
  }

  private long alarms() throws IOException {
    try (var lines = Files.lines(Path.of(System.getProperty("org.slf4j.simpleLogger.logFile")))) {
      return lines.filter(line -> line.contains("ERROR") && line.contains(topic)).count();
    }
  }
}
