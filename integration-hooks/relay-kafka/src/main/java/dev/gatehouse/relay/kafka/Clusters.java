package dev.gatehouse.relay.kafka;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a cluster, at the start, whether it knows us and the topic. What a person has to put right
 * stops the start; a cluster that can't be reached does not: no shop waits for its relay.
 */
final class Clusters {
  private static final Logger LOG = LoggerFactory.getLogger(Clusters.class);

  private Clusters() {}

  /**
   * How many partitions a topic has; empty if the cluster can't be asked now.
   *
   * @param setting what names the topic
   * @throws ConfigurationException if credentials or topic are refused, naming the setting
   */
  static OptionalInt partitions(
      KafkaConnection connection, String topic, String setting, Duration limit) {
    Map<String, Object> config = connection.forClient();
    config.put("default.api.timeout.ms", (int) limit.toMillis());
    config.put("request.timeout.ms", (int) limit.toMillis());
    try (Admin admin = Admin.create(config)) {
      return admin.describeTopics(Set.of(topic)).allTopicNames().get().values().stream()
          .mapToInt(described -> described.partitions().size())
          .findFirst();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    } catch (InterruptException e) {
      return OptionalInt.empty();
    } catch (ExecutionException | KafkaException e) {
      return unlessWrong(e, setting);
    }
  }

  private static OptionalInt unlessWrong(Exception e, String setting) {
    Trouble trouble = Trouble.of(e);
    if (trouble == Trouble.UNREACHABLE) {
      LOG.warn("Kafka can't be reached; events wait until it can");
      return OptionalInt.empty();
    }
    String name = trouble.setting().equals("topic") ? setting : trouble.setting();
    if (trouble == Trouble.MALFORMED || trouble == Trouble.OTHER) {
      name = Trouble.settingNamedBy(e).orElse(name);
    }
    throw new ConfigurationException(
        new Problem(
            name,
            "kafka." + trouble.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "setting '" + name + "': " + trouble.words(),
            "correct it, or put the cluster right, and start again"));
  }
}
