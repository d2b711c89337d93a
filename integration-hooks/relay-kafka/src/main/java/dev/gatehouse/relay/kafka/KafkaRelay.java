package dev.gatehouse.relay.kafka;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hook that writes every event to a topic, as a <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 * CloudEvent in binary mode</a>: key = subject, attributes in headers, JSON as the value.
 *
 * <p>{@code Delivered} means that every in-sync replica has it. Within the time limit it is
 * decided: a cluster that can't be reached makes {@code Retry}; what is too large is parked, and so
 * is what is refused three times. An event may be written twice, with the same id; no later event
 * of its subject comes before it. Thread-safe.
 */
public final class KafkaRelay implements BatchHook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRelay.class);

  /** The longest that the start waits for a cluster. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Brokers that just started refuse credentials that they have not read yet. */
  private static final int REFUSALS = 3;

  /** How many events are under way in one call. */
  private static final int MOST = 64;

  private final KafkaRelayOptions options;
  private final Envelope envelope;
  private final Writers writers;
  private final AtomicBoolean refused = new AtomicBoolean();

  KafkaRelay(KafkaRelayOptions options, Writers writers) {
    this.options = options;
    this.envelope = new Envelope(options.source());
    this.writers = writers;
  }

  /**
   * Opens a relay. A cluster that can't be reached now is logged, and events wait for it.
   *
   * @throws dev.gatehouse.error.ConfigurationException if the cluster refuses the credentials or
   *     the topic, naming the setting
   */
  public static KafkaRelay open(KafkaRelayOptions options) {
    Duration limit = options.timeLimit().compareTo(PATIENCE) < 0 ? options.timeLimit() : PATIENCE;
    Clusters.partitions(options.connection(), options.topic(), "topic", limit);
    return new KafkaRelay(options, new Writers(options.connection(), options.timeLimit()));
  }

  @Override
  public String id() {
    return options.id();
  }

  /** All of them: who reads the topic chooses. */
  @Override
  public boolean wants(LifecycleEvent event) {
    return true;
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    return handleAll(List.of(new Told(event, context))).get(0);
  }

  @Override
  public int most() {
    return MOST;
  }

  /** Sends all, and then waits for all: they are of different subjects. */
  @Override
  public List<HookResult> handleAll(List<Told> told) {
    Producer<byte[], byte[]> producer = writers.current();
    long latest = System.nanoTime() + writers.limit().dividedBy(2).toNanos();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Told one : told) {
      // Each may wait for the cluster; when one has, there is no time for the next to do so.
      boolean inTime = System.nanoTime() - latest < 0;
      sent.add(inTime ? send(producer, one.event()) : failed(new TimeoutException("no time left")));
    }
    List<HookResult> results = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      results.add(result(producer, sent.get(i), told.get(i).context().attempt()));
    }
    return results;
  }

  private Future<RecordMetadata> send(Producer<byte[], byte[]> producer, LifecycleEvent event) {
    try {
      return producer.send(envelope.record(options.topic(), event));
    } catch (KafkaException e) {
      return failed(e);
    }
  }

  private static Future<RecordMetadata> failed(KafkaException why) {
    return CompletableFuture.failedFuture(why);
  }

  private HookResult result(
      Producer<byte[], byte[]> producer, Future<RecordMetadata> sent, int attempt) {
    try {
      sent.get(); // The producer itself keeps the time limit.
      refused.set(false);
      return HookResult.delivered();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return again("interrupted");
    } catch (ExecutionException e) {
      return e.getCause() instanceof InterruptException
          ? again("interrupted")
          : failed(producer, Trouble.of(e), attempt);
    }
  }

  private HookResult failed(Producer<byte[], byte[]> producer, Trouble trouble, int attempt) {
    if (trouble == Trouble.TOO_LARGE) {
      return new HookResult.Park(trouble.words());
    }
    if (trouble == Trouble.UNREACHABLE) {
      return again(trouble.words());
    }
    writers.discard(producer);
    if (trouble.isRefusal()) {
      alarm(trouble);
      if (attempt >= REFUSALS) {
        return new HookResult.Park(trouble.words() + "; look at '" + trouble.setting() + "'");
      }
    }
    return again(trouble.words() + " (" + trouble.name().toLowerCase(Locale.ROOT) + ")");
  }

  /** Once, until the cluster has taken something again. */
  private void alarm(Trouble trouble) {
    if (!refused.getAndSet(true)) {
      LOG.error(
          "hook {}: {}, to write to {}; look at setting '{}', start again, and replay what is"
              + " parked",
          id(),
          trouble.words(),
          options.topic(),
          trouble.setting());
    }
  }

  private static HookResult again(String why) {
    return new HookResult.Retry(Optional.empty(), why);
  }

  /** Ends the producer. What is told after that fails, and is told again by the next process. */
  @Override
  public void close() {
    writers.close();
  }
}
