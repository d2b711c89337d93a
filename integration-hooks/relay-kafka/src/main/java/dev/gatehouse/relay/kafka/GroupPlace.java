package dev.gatehouse.relay.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a group is when one of its processes starts. A new group gets its place in all partitions
 * at once, before anybody is a member: so it does not matter when the first event comes, and a
 * partition that is added later begins with its oldest.
 */
final class GroupPlace {
  private static final Logger LOG = LoggerFactory.getLogger(GroupPlace.class);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final RunnerOptions options;
  private final String hook;

  GroupPlace(RunnerOptions options, String hook) {
    this.options = options;
    this.hook = hook;
  }

  /** Gives a new group its place, and says where the group is; before the consumer subscribes. */
  void settle(KafkaConsumer<?, ?> consumer) {
    Set<TopicPartition> all =
        consumer.partitionsFor(options.topic(), LIMIT).stream()
            .map(partition -> new TopicPartition(options.topic(), partition.partition()))
            .collect(Collectors.toSet());
    if (all.isEmpty()) {
      throw new UnknownTopicOrPartitionException();
    }
    Map<TopicPartition, OffsetAndMetadata> places = consumer.committed(all, LIMIT);
    Map<TopicPartition, Long> oldest = consumer.beginningOffsets(all, LIMIT);
    Map<TopicPartition, Long> newest = consumer.endOffsets(all, LIMIT);
    if (places.values().stream().allMatch(Objects::isNull)) {
      begin(consumer, oldest, newest);
    } else {
      long waiting =
          all.stream()
              .mapToLong(
                  at ->
                      newest.getOrDefault(at, 0L)
                          - place(places.get(at), oldest.getOrDefault(at, 0L)))
              .sum();
      LOG.info(
          "hook {}: group {} goes on in {} partitions; events that wait: {}",
          hook,
          options.group(),
          all.size(),
          waiting);
    }
  }

  private static long place(@Nullable OffsetAndMetadata kept, long oldest) {
    return kept == null ? oldest : Math.max(kept.offset(), oldest);
  }

  private void begin(
      KafkaConsumer<?, ?> consumer,
      Map<TopicPartition, Long> oldest,
      Map<TopicPartition, Long> newest) {
    boolean isEarliest = options.newGroup() == GroupStart.EARLIEST;
    long events =
        newest.values().stream().mapToLong(at -> at).sum()
            - oldest.values().stream().mapToLong(at -> at).sum();
    try {
      consumer.commitSync(
          (isEarliest ? oldest : newest)
              .entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey, at -> new OffsetAndMetadata(at.getValue()))),
          LIMIT);
    } catch (CommitFailedException e) {
      LOG.info("hook {}: group {} was begun by another process", hook, options.group());
      return;
    }
    if (isEarliest) {
      LOG.info(
          "hook {}: group {} is new and begins with the oldest of {} partitions; events to tell: {}",
          hook,
          options.group(),
          oldest.size(),
          events);
    } else {
      LOG.warn(
          "hook {}: group {} is new and begins behind the newest of {} partitions; events that are"
              + " not told: {}",
          hook,
          options.group(),
          oldest.size(),
          events);
    }
  }
}
