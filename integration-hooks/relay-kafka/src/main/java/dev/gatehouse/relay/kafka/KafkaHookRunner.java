package dev.gatehouse.relay.kafka;

import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.store.Store;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a hook from a topic that a {@link KafkaRelay} writes, as a member of a consumer group: start
 * as many processes as the topic has partitions, each takes its share.
 *
 * <ul>
 *   <li>Events of a partition, and so of a subject, are told in order, the next one after the hook
 *       answered. Offsets are kept after the answer: at least once, with the same id.
 *   <li>{@code Retry} rests that partition, and no other, and costs no place in the group.
 *   <li>{@code Park}, what failed for too long, and what is no event become dead letters. Later
 *       events of the same subject follow there, until the letters are settled ({@link
 *       KafkaDeadLetters}).
 *   <li>The hook is told only while the group is known to count on this process; so one that was
 *       paused tells nothing old when it wakes.
 * </ul>
 *
 * <p>A hook that takes longer for one event than its grace may be told of later ones elsewhere.
 * Thread-safe.
 */
public final class KafkaHookRunner implements AutoCloseable {
  private final Polling polling;
  private final Thread thread;
  private final ExecutorService workers;
  private final DeadLetterTopic letters;
  private final RunnerOptions options;

  KafkaHookRunner(LifecycleHook hook, @Nullable Store store, RunnerOptions options) {
    this.options = options;
    Teller teller = new Teller(hook, store);
    AtomicInteger number = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            options.threads(),
            task -> daemon(task, "gatehouse-" + teller.id() + "-" + number.incrementAndGet()));
    letters = new DeadLetterTopic(options.connection(), options.deadLetters(), options.look());
    polling = new Polling(options, consumer(options), teller, letters, workers);
    thread = new Thread(polling, "gatehouse-" + teller.id() + "-polling");
    thread.start();
  }

  /** Collects what a runner of a hook is made of. */
  public static KafkaHookRunnerBuilder of(LifecycleHook hook) {
    return new KafkaHookRunnerBuilder(hook);
  }

  /** Whether it goes on; a process whose runner does not is to be started again. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /**
   * Ends it in order: what is being told is told to its end, if that is within the hook's grace,
   * the place is kept, and the other processes of the group take over at once. The hook is left
   * open.
   */
  @Override
  public void close() {
    polling.stop();
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, options.hookGrace().plusSeconds(30).toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
    letters.close();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread worker = new Thread(task, name);
    worker.setDaemon(true);
    return worker;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(RunnerOptions options) {
    Map<String, Object> config = options.connection().forClient();
    int session = (int) options.takeOver().toMillis();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, options.group());
    config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.max(1, session / 5));
    // Nothing is polled while a partition that goes away waits for its hook.
    config.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        (int) options.hookGrace().plusSeconds(60).toMillis());
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
