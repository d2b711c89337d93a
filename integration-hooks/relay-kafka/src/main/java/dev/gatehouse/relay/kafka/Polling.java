package dev.gatehouse.relay.kafka;

import dev.gatehouse.fault.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that speaks with the group. It fetches, hands what came of a partition to a worker
 * and pauses that partition until it is told, keeps how far each one is, and never waits for a hook
 * unless the partition goes to another process.
 */
final class Polling implements Runnable, ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

  private static final Duration AT_WORK = Duration.ofMillis(10);
  private static final Duration AT_REST = Duration.ofMillis(200);
  private static final long KEEP_EVERY = Duration.ofMillis(200).toNanos();
  private static final Duration KEEP_LIMIT = Duration.ofSeconds(10);
  private static final long AFTER_TROUBLE_MILLIS = 1_000;

  private final RunnerOptions options;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Teller teller;
  private final DeadLetterTopic letters;
  private final ExecutorService workers;
  private final Ownership ownership;
  private final GroupPlace place;
  private final Map<TopicPartition, PartitionWork> works = new HashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private boolean isMember;
  private boolean isRefused;
  private long keptAt;

  Polling(
      RunnerOptions options,
      KafkaConsumer<byte[], byte[]> consumer,
      Teller teller,
      DeadLetterTopic letters,
      ExecutorService workers) {
    this.options = options;
    this.consumer = consumer;
    this.teller = teller;
    this.letters = letters;
    this.workers = workers;
    this.ownership = new Ownership(options.takeOver());
    this.place = new GroupPlace(options, teller.id());
  }

  /** Ends it from any thread; what is being told is told to its end. */
  void stop() {
    stop.countDown();
    consumer.wakeup();
  }

  @Override
  public void run() {
    try {
      while (stop.getCount() > 0) {
        round();
      }
    } catch (RuntimeException | Error e) {
      LOG.error("hook {}: the runner has ended: {}", teller.id(), Faults.describe(e));
    } finally {
      letGo(new ArrayList<>(works.keySet()));
      consumer.close(CloseOptions.timeout(KEEP_LIMIT));
    }
  }

  private void round() {
    try {
      join();
      take(consumer.poll(isAtWork() ? AT_WORK : AT_REST));
      remember();
      tryNext();
      keep();
      sendWorkers();
    } catch (WakeupException e) {
      LOG.debug("woken to stop");
    } catch (RebalanceInProgressException e) {
      LOG.debug("partitions go from one to another; polling ends that");
    } catch (InvalidOffsetException e) {
      fromTheBeginning(e);
    } catch (KafkaException e) {
      tell(e);
      rest();
    }
  }

  /** What only a person can mend is an error, once until the group has taken something again. */
  private void tell(KafkaException e) {
    Trouble trouble = Trouble.of(e);
    if (trouble.isRefusal() && !isRefused) {
      LOG.error(
          "hook {}, group {}: {}; nothing is told until that is put right; look at '{}'",
          teller.id(),
          options.group(),
          trouble.words(),
          trouble.setting());
      isRefused = true;
    } else {
      LOG.warn(
          "hook {}, group {} waits for Kafka: {} ({})",
          teller.id(),
          options.group(),
          trouble.words(),
          e.getClass().getSimpleName());
    }
  }

  private void join() {
    if (!isMember) {
      place.settle(consumer);
      consumer.subscribe(List.of(options.topic()), this);
      isMember = true;
    }
  }

  private void rest() {
    try {
      stop.await(AFTER_TROUBLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  private boolean isAtWork() {
    return works.values().stream().anyMatch(PartitionWork::isRunning);
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      PartitionWork work = works.get(partition);
      if (work != null) {
        work.add(records.records(partition));
        consumer.pause(List.of(partition));
      }
    }
  }

  /** What the group remembers of the records that come first. */
  private void remember() {
    Set<TopicPartition> unknown =
        works.entrySet().stream()
            .filter(work -> work.getValue().isUnknown())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> places = consumer.committed(unknown, KEEP_LIMIT);
      works.forEach(
          (partition, work) -> {
            if (unknown.contains(partition)) {
              work.remember(Optional.ofNullable(places.get(partition)));
            }
          });
    }
  }

  /** One suspect at a time: if the process ends, it was that one's doing. */
  private void tryNext() {
    if (works.values().stream().noneMatch(PartitionWork::isTried)) {
      for (PartitionWork work : works.values()) {
        if (work.tryNext()) {
          return;
        }
      }
    }
  }

  private void sendWorkers() {
    List<TopicPartition> told = new ArrayList<>();
    works.forEach(
        (partition, work) -> {
          if (work.isOverdue()) {
            LOG.error(
                "hook {}: {} has been told for longer than the hook's grace, and holds back its"
                    + " partition until the hook returns or the process is started again",
                teller.id(),
                work);
          }
          if (work.begin()) {
            workers.execute(work);
          } else if (work.isEmpty()) {
            told.add(partition);
          }
        });
    consumer.resume(told);
  }

  /** Keeps how far the partitions are, and hears in doing so that they are still ours. */
  private void keep() {
    boolean busy = works.values().stream().anyMatch(work -> !work.isEmpty());
    boolean ask = busy && ownership.isOld();
    boolean first = works.values().stream().anyMatch(PartitionWork::waitsForGroup);
    if (ask || first || System.nanoTime() - keptAt >= KEEP_EVERY) {
      keep(works, ask);
    }
  }

  private void keep(Map<TopicPartition, PartitionWork> of, boolean again) {
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    of.forEach(
        (partition, work) -> work.toKeep(again).ifPresent(place -> ends.put(partition, place)));
    if (ends.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    consumer.commitSync(ends, KEEP_LIMIT);
    ownership.acceptedAt(now);
    isRefused = false;
    keptAt = now;
    of.forEach(
        (partition, work) -> {
          OffsetAndMetadata end = ends.get(partition);
          if (end != null) {
            work.kept(end);
          }
        });
  }

  /** In a partition that is new, and in one where the group's place is gone. */
  private void fromTheBeginning(InvalidOffsetException e) {
    if (e instanceof OffsetOutOfRangeException) {
      LOG.error(
          "hook {}: the topic has deleted events that were not told; it goes on with the oldest",
          teller.id());
    } else {
      LOG.info("hook {} begins with the oldest event of {}", teller.id(), e.partitions());
    }
    consumer.seekToBeginning(e.partitions());
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      HeldBack held = new HeldBack(letters, partition.partition());
      works.put(partition, new PartitionWork(options, teller, held, ownership));
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    letGo(partitions);
  }

  /** They are somebody else's already: nothing to keep, and nothing more to tell. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    take(partitions).values().forEach(PartitionWork::end);
  }

  /** Waits for what is being told, so that nobody is told the next before, and keeps the place. */
  private void letGo(Collection<TopicPartition> partitions) {
    Map<TopicPartition, PartitionWork> ending = take(partitions);
    ending.values().forEach(PartitionWork::end);
    long deadline = System.nanoTime() + options.hookGrace().toNanos();
    try {
      for (PartitionWork work : ending.values()) {
        if (!work.awaitRest(deadline)) {
          LOG.warn("hook {} took longer than its grace", teller.id());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keepAtTheEnd(ending);
  }

  private Map<TopicPartition, PartitionWork> take(Collection<TopicPartition> partitions) {
    Map<TopicPartition, PartitionWork> taken = new HashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionWork work = works.remove(partition);
      if (work != null) {
        taken.put(partition, work);
      }
    }
    return taken;
  }

  private void keepAtTheEnd(Map<TopicPartition, PartitionWork> ending) {
    try {
      try {
        keep(ending, false);
      } catch (WakeupException e) {
        keep(ending, false); // Woken to stop, and so it does; but this comes first.
      }
    } catch (KafkaException e) {
      LOG.info("some events are told again: {}", Trouble.of(e).words());
    }
  }
}
