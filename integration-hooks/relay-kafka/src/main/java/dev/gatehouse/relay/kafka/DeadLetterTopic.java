package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of what a hook can't take. Each letter is the record as it was, in the partition of the
 * same number, with headers that say why. A record without a value says that the letters of its key
 * are settled, up to an offset. Thread-safe.
 */
final class DeadLetterTopic implements AutoCloseable {
  static final String REASON = "gatehouse-reason";
  static final String HOOK = "gatehouse-hook";
  static final String AT = "gatehouse-at";
  static final String TOPIC = "gatehouse-topic";
  static final String PARTITION = "gatehouse-partition";
  static final String OFFSET = "gatehouse-offset";
  private static final String SETTLED = "gatehouse-settled";

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(20);
  private static final Duration READ_LIMIT = Duration.ofSeconds(30);

  private final KafkaConnection connection;
  private final String topic;
  private final Writers writers;

  DeadLetterTopic(KafkaConnection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
    this.writers = new Writers(connection, WRITE_LIMIT);
  }

  /** Keeps a record; returns its offset there once every in-sync replica has it. */
  long keep(ConsumerRecord<byte[], byte[]> record, String hook, String reason) {
    var letter =
        new ProducerRecord<>(
            topic, record.partition(), record.key(), record.value(), record.headers());
    header(letter, REASON, reason);
    header(letter, HOOK, hook);
    header(letter, AT, Instant.now().toString());
    header(letter, TOPIC, record.topic());
    header(letter, PARTITION, String.valueOf(record.partition()));
    header(letter, OFFSET, String.valueOf(record.offset()));
    return write(letter);
  }

  /** Says that the letters of a key are settled, up to one of them. */
  void settle(ConsumerRecord<byte[], byte[]> last) {
    var mark = new ProducerRecord<byte[], byte[]>(topic, last.partition(), last.key(), null);
    header(mark, SETTLED, String.valueOf(last.offset()));
    write(mark);
  }

  /** Up to which offset the letters of its key are settled, if the record says that. */
  static Optional<Long> settledUpTo(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? text(record, SETTLED).map(Long::valueOf) : Optional.empty();
  }

  /** The key to know a record's subject by; records without one share the empty key. */
  static ByteBuffer keyOf(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    return ByteBuffer.wrap(key == null ? new byte[0] : key);
  }

  /** The text of a header, if it is there. */
  static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, UTF_8));
  }

  /**
   * Reads a partition from an offset to its present end.
   *
   * @return where to go on the next time
   * @throws TimeoutException if the end isn't reached in time
   */
  long read(int partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    TopicPartition all = new TopicPartition(topic, partition);
    long giveUp = System.nanoTime() + READ_LIMIT.toNanos();
    try (KafkaConsumer<byte[], byte[]> reader = reader()) {
      reader.assign(List.of(all));
      long end = reader.endOffsets(List.of(all), READ_LIMIT).getOrDefault(all, 0L);
      reader.seek(all, from);
      while (reader.position(all, READ_LIMIT) < end) {
        reader.poll(Duration.ofMillis(200)).forEach(each);
        if (System.nanoTime() > giveUp) {
          throw new TimeoutException("the dead letters can't be read in time");
        }
      }
      return reader.position(all, READ_LIMIT);
    }
  }

  /** How many partitions it has. */
  int partitions() {
    try (KafkaConsumer<byte[], byte[]> reader = reader()) {
      return reader.partitionsFor(topic, READ_LIMIT).size();
    }
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    Map<String, Object> config = connection.forClient();
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // At the end nothing more is to come, and closing would wait for it.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private long write(ProducerRecord<byte[], byte[]> record) {
    Producer<byte[], byte[]> producer = writers.current();
    try {
      return producer.send(record).get().offset();
    } catch (InterruptedException e) {
      throw new InterruptException(e); // Which keeps the interrupt.
    } catch (ExecutionException | KafkaException e) {
      Trouble trouble = Trouble.of(e);
      if (trouble != Trouble.UNREACHABLE && trouble != Trouble.TOO_LARGE) {
        writers.discard(producer);
      }
      throw new KafkaException("a dead letter can't be kept: " + trouble.words(), e);
    }
  }

  private static void header(ProducerRecord<byte[], byte[]> to, String name, String value) {
    to.headers().remove(name).add(name, value.getBytes(UTF_8));
  }

  @Override
  public void close() {
    writers.close();
  }
}
