package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.json.Json;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The relay before a real broker. */
@ExtendWith(WithBroker.class)
class KafkaRelayTest {
  private static final URI SHOP = URI.create("https://shop.example");

  private final String topic = "events-" + UUID.randomUUID();
  private Broker broker;

  @BeforeEach
  void topic(Broker shared) {
    broker = shared;
    broker.topics(3, topic);
  }

  @Test
  void the_cloudevents_sdk_reads_what_was_written() throws Exception {
    LifecycleEvent event = Events.event("ada", 1);
    try (KafkaRelay relay = KafkaRelay.open(options())) {
      assertThat(relay.handle(event, Events.attempt(1))).isEqualTo(HookResult.delivered());
    }
    ConsumerRecord<String, CloudEvent> record = written().get(0);

    assertThat(record.key()).isEqualTo("ada");
    assertThat(record.headers().lastHeader("content-type").value())
        .isEqualTo("application/json".getBytes(UTF_8));
    CloudEvent told = record.value();
    assertThat(told.getId()).isEqualTo("ada/1");
    assertThat(told.getSource()).isEqualTo(SHOP);
    assertThat(told.getType()).isEqualTo("dev.gatehouse.CheckoutCancelled");
    assertThat(told.getSubject()).isEqualTo("ada");
    assertThat(told.getDataContentType()).isEqualTo("application/json");
    assertThat(told.getTime())
        .isEqualTo(OffsetDateTime.ofInstant(event.header().at(), ZoneOffset.UTC));
    assertThat(Json.EVENT.read(told.getData().toBytes())).isEqualTo(event);
  }

  @Test
  void what_is_too_large_is_parked_and_the_next_goes_on() {
    try (KafkaRelay relay = KafkaRelay.open(options())) {
      assertThat(relay.handle(Events.large("ada", 1, 200_000), Events.attempt(1)))
          .as("more than the topic takes")
          .isInstanceOf(HookResult.Park.class);
      assertThat(relay.handle(Events.large("ada", 2, 2_000_000), Events.attempt(1)))
          .as("more than the client takes")
          .isInstanceOf(HookResult.Park.class);
      assertThat(relay.handle(Events.event("eve", 1), Events.attempt(1)))
          .isEqualTo(HookResult.delivered());
    }
    assertThat(written()).hasSize(1);
  }

  @Test
  void a_cluster_that_cannot_be_reached_stops_no_start_and_no_thread_for_long() throws IOException {
    KafkaConnection nowhere;
    try (ServerSocket unused = new ServerSocket(0)) {
      nowhere = KafkaConnection.to("127.0.0.1:" + unused.getLocalPort());
    }
    Instant before = Instant.now();
    try (KafkaRelay relay =
        KafkaRelay.open(
            KafkaRelayOptions.to(nowhere, topic, SHOP).within(Duration.ofMillis(1_000)))) {
      assertThat(relay.handle(Events.event("ada", 1), Events.attempt(1)))
          .isInstanceOfSatisfying(
              HookResult.Retry.class,
              retry -> assertThat(retry.reason()).contains("did not answer in time"));
    }
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_wrong_password_is_told_at_the_start_by_its_setting_and_never_shown() {
    KafkaConnection wrong = broker.guarded("relay", "hunter2");

    assertThat(wrong.toString()).doesNotContain("hunter2");
    assertThatThrownBy(() -> KafkaRelay.open(KafkaRelayOptions.to(wrong, topic, SHOP)))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              assertThat(e.problems())
                  .singleElement()
                  .satisfies(problem -> assertThat(problem.field()).isEqualTo("sasl-jaas-config"));
              assertThat(stack(e)).doesNotContain("hunter2");
            });
  }

  @Test
  void the_right_password_is_let_in() {
    KafkaConnection right = broker.guarded("relay", Broker.PASSWORD);

    try (KafkaRelay relay = KafkaRelay.open(KafkaRelayOptions.to(right, topic, SHOP))) {
      assertThat(relay.handle(Events.event("ada", 1), Events.attempt(1)))
          .isEqualTo(HookResult.delivered());
    }
  }

  @Test
  void settings_that_make_no_sense_are_told_by_their_names_and_never_shown() {
    KafkaConnection guarded = broker.guarded("relay", "x");

    assertThat(refused(guarded.with("sasl.jaas.config", "hunter2 = nonsense")))
        .isEqualTo("sasl-jaas-config");
    assertThat(refused(guarded.with("security.protocol", "hunter2")))
        .isEqualTo("security-protocol");
    KafkaConnection scram =
        guarded
            .with("sasl.mechanism", "SCRAM-SHA-256")
            .with(
                "sasl.jaas.config",
                Broker.jaas("relay", "hunter2").replace("plain.Plain", "scram.Scram"));
    assertThat(refused(scram)).isEqualTo("sasl-mechanism");
    assertThat(refused(KafkaConnection.to("hunter2"))).isEqualTo("bootstrap-servers");
  }

  @Test
  void an_unknown_topic_is_told_at_the_start() {
    assertThatThrownBy(
            () -> KafkaRelay.open(KafkaRelayOptions.to(broker.connection(), "no-such-topic", SHOP)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'topic'")
        .hasMessageContaining("no such topic");
    assertThatThrownBy(
            () -> KafkaRelay.open(KafkaRelayOptions.to(broker.connection(), "a b", SHOP)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'topic'");
  }

  private String refused(KafkaConnection connection) {
    List<String> named = new ArrayList<>();
    assertThatThrownBy(() -> KafkaRelay.open(KafkaRelayOptions.to(connection, topic, SHOP)))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> {
              named.add(e.problems().get(0).field());
              assertThat(stack(e)).doesNotContain("hunter2");
            });
    return named.get(0);
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private KafkaRelayOptions options() {
    return KafkaRelayOptions.to(broker.connection(), topic, SHOP);
  }

  /** What is in the topic now, as the independent library reads it. */
  private List<ConsumerRecord<String, CloudEvent>> written() {
    List<ConsumerRecord<String, CloudEvent>> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.address()),
            new StringDeserializer(),
            new CloudEventDeserializer())) {
      List<TopicPartition> partitions =
          List.of(0, 1, 2).stream().map(i -> new TopicPartition(topic, i)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(o -> o).sum();
      while (all.size() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }
}
