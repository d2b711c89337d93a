package dev.gatehouse.relay.kafka;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.LifecycleHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of two partitions with its dead letters, what is written there, and who reads it. */
final class Scene implements AutoCloseable {
  private static final long PATIENCE = 30_000_000_000L;

  final String topic = "events-" + UUID.randomUUID();
  final String dead = topic + "-dead";
  private final Broker broker;
  private final Producer<byte[], byte[]> producer;

  Scene(Broker broker) {
    this.broker = broker;
    broker.topics(2, topic, dead);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The group is called as the topic. Its fetches wait for less at the broker. */
  KafkaHookRunnerBuilder runner(LifecycleHook hook) {
    return runner(hook, broker.connection());
  }

  KafkaHookRunnerBuilder runner(LifecycleHook hook, KafkaConnection connection) {
    return KafkaHookRunner.of(hook)
        .connection(connection.with("fetch.max.wait.ms", "20"))
        .topic(topic)
        .group(topic)
        .deadLetters(dead)
        .waits(Duration.ofMillis(50), Duration.ofMillis(100))
        .hookGrace(Duration.ofSeconds(20))
        .takeOver(Duration.ofSeconds(5));
  }

  KafkaDeadLetters letters() {
    return KafkaDeadLetters.in(broker.connection(), dead);
  }

  void write(int partition, LifecycleEvent event) {
    write(topic, partition, event);
  }

  void write(String to, int partition, LifecycleEvent event) {
    ProducerRecord<byte[], byte[]> record =
        new Envelope(URI.create("https://shop.example")).record(to, event);
    try {
      producer
          .send(new ProducerRecord<>(to, partition, record.key(), record.value(), record.headers()))
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was logged about this topic. */
  List<String> said() {
    try {
      return Files.readAllLines(Path.of(System.getProperty("org.slf4j.simpleLogger.logFile")))
          .stream()
          .filter(line -> line.contains(topic))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something with these words was logged about this topic. */
  void awaitSaid(String words) {
    await(() -> said().stream().anyMatch(line -> line.contains(words)), words);
  }

  static void await(BooleanSupplier holds, String what) {
    long giveUp = System.nanoTime() + PATIENCE;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(20_000_000L);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
