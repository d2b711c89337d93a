package dev.gatehouse.relay.kafka;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.net.URI;
import java.time.Duration;

/**
 * What a relay is told. Immutable.
 *
 * @param id the hook's id, under which its deliveries are remembered
 * @param connection to the cluster
 * @param topic where the events go; it must be there
 * @param source the shop that the events come from, as CloudEvents call it
 * @param timeLimit how long one event may take, everything included; 1 second to 2 minutes, and
 *     well below the engine's {@code hookGrace}
 */
public record KafkaRelayOptions(
    String id, KafkaConnection connection, String topic, URI source, Duration timeLimit) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** Refuses missing parts, and time limits out of range. */
  public KafkaRelayOptions {
    required("id", id);
    required("connection", connection);
    required("topic", topic);
    required("source", source);
    required("timeLimit", timeLimit);
    if (timeLimit.compareTo(SHORTEST) < 0 || timeLimit.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          new Problem(
              "timeLimit",
              "kafka.time-limit",
              "the time limit is out of range",
              "use 1 second to 2 minutes"));
    }
  }

  /** The hook {@code kafka}, with 20 seconds for each event. */
  public static KafkaRelayOptions to(KafkaConnection connection, String topic, URI source) {
    return new KafkaRelayOptions("kafka", connection, topic, source, Duration.ofSeconds(20));
  }

  /** This, under another id: a second relay in one shop. */
  public KafkaRelayOptions as(String other) {
    return new KafkaRelayOptions(other, connection, topic, source, timeLimit);
  }

  /** This, with another time limit. */
  public KafkaRelayOptions within(Duration limit) {
    return new KafkaRelayOptions(id, connection, topic, source, limit);
  }
}
