package dev.gatehouse.relay.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The one producer. What it has not written within its time limit it gives up for good: so nothing
 * of an earlier attempt is written behind a later one. A producer that has come to its end, as one
 * does that was refused, is replaced. Thread-safe.
 */
final class Writers implements AutoCloseable {
  private final Function<Map<String, Object>, Producer<byte[], byte[]>> client;
  private final Map<String, Object> config;
  private final Duration limit;
  private @Nullable Producer<byte[], byte[]> current;
  private boolean closed;

  Writers(KafkaConnection connection, Duration limit) {
    this(
        connection,
        limit,
        config ->
            new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** With another client than Kafka's own. */
  Writers(
      KafkaConnection connection,
      Duration limit,
      Function<Map<String, Object>, Producer<byte[], byte[]>> client) {
    this.client = client;
    this.limit = limit;
    int half = (int) limit.dividedBy(2).toMillis();
    config = connection.forClient();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    // Whoever writes waits for each record: to wait for company would only cost time.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, half);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, half);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, half / 2);
    config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
  }

  /** How long a write may take: the producer itself keeps to it. */
  Duration limit() {
    return limit;
  }

  /**
   * The producer to write with now.
   *
   * @throws IllegalStateException once it is closed
   */
  synchronized Producer<byte[], byte[]> current() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (current == null) {
      current = client.apply(config);
    }
    return current;
  }

  /** The producer is of no more use, unless another has taken its place already. */
  synchronized void discard(Producer<byte[], byte[]> spent) {
    if (current == spent) {
      current = null;
      spent.close(Duration.ZERO);
    }
  }

  /** Ends within the time limit, with what is being written written or given up. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.close(limit);
      current = null;
    }
  }
}
