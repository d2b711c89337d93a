package dev.gatehouse.relay.kafka;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.spi.SecretValue;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach a cluster: addresses, and whatever else its clients need, by the names that Kafka
 * gives to the properties of clients, such as {@code security.protocol}. What the guarantees rest
 * on (acknowledgements, idempotence, commits) is set by those who use it, and not to be changed
 * here. Immutable; shows names, never values.
 */
public final class KafkaConnection {
  private final Map<String, String> properties;

  private KafkaConnection(Map<String, String> properties) {
    this.properties = Map.copyOf(properties);
  }

  /** To a cluster with these brokers, such as {@code kafka-1:9092,kafka-2:9092}. */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(
        Map.of("bootstrap.servers", required("bootstrapServers", bootstrapServers)));
  }

  /** This, with a property of Kafka's clients. */
  public KafkaConnection with(String property, String value) {
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(required("property", property), required("value", value));
    return new KafkaConnection(changed);
  }

  /** This, with a property that is secret, such as {@code sasl.jaas.config}. */
  public KafkaConnection with(String property, SecretValue value) {
    return with(property, required("value", value).reveal());
  }

  /** A new map for a client to be made from. */
  Map<String, Object> forClient() {
    return new HashMap<>(properties);
  }

  @Override
  public String toString() {
    return "KafkaConnection" + new TreeMap<>(properties).keySet();
  }
}
