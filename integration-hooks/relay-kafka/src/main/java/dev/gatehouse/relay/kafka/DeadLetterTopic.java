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

  /** How long a reader goes on by itself: others wait for its thread. */
  static final Duration LOOK = Duration.ofSeconds(10);

  private static final Duration WRITE_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int REQUEST_LIMIT_MILLIS = 30_000;

  private final KafkaConnection connection;
  private final String topic;
  private final Duration look;
  private final Writers writers;

  /**
   * How far a partition was read.
   *
   * @param position where to go on
   * @param isEnd whether there was nothing more
   */
  record Reach(long position, boolean isEnd) {}

  DeadLetterTopic(KafkaConnection connection, String topic, Duration look) {
    this.connection = connection;
    this.topic = topic;
    this.look = look;
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
   * Reads a partition from an offset towards its present end, as far as it comes in one look.
   *
   * @throws TimeoutException if the cluster does not say where the end is
   */
  Reach read(int partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    TopicPartition all = new TopicPartition(topic, partition);
    long giveUp = System.nanoTime() + look.toNanos();
    try (KafkaConsumer<byte[], byte[]> reader = reader()) {
      reader.assign(List.of(all));
      long end = reader.endOffsets(List.of(all)).getOrDefault(all, 0L);
      reader.seek(all, from);
      while (reader.position(all) < end) {
        reader.poll(POLL).forEach(each);
        if (System.nanoTime() - giveUp > 0) {
          break;
        }
      }
      return new Reach(reader.position(all), reader.position(all) >= end);
    }
  }

  /**
   * Reads a partition from an offset to its end, however long that takes.
   *
   * @return where to go on the next time
   * @throws TimeoutException if nothing comes any more before the end
   */
  long readAll(int partition, long from, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Reach reach = read(partition, from, each);
    while (!reach.isEnd()) {
      long before = reach.position();
      reach = read(partition, before, each);
      if (reach.position() == before) {
        throw new TimeoutException("the dead letters can't be read");
      }
    }
    return reach.position();
  }

  /** How many partitions it has. */
  int partitions() {
    try (KafkaConsumer<byte[], byte[]> reader = reader()) {
      return reader.partitionsFor(topic).size();
    }
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    Map<String, Object> config = connection.forClient();
    config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
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
