package dev.gatehouse.relay.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whose events of one partition wait behind a dead letter. It is known from the dead letters
 * themselves, so that it outlives processes: only the owner of the partition writes letters there,
 * and whoever settles them says up to which one. A subject is free again when its last letter is
 * settled. To learn of it late is harmless: one more event waits in line. For one thread at a time.
 */
final class HeldBack {
  private static final long LOOK_EVERY = Duration.ofMillis(100).toNanos();

  private final DeadLetterTopic letters;
  private final int partition;

  /** The offset of the last letter of each key that is not settled. */
  private final Map<ByteBuffer, Long> last = new HashMap<>();

  private long position;
  private long lookedAt;
  private boolean known;

  HeldBack(DeadLetterTopic letters, int partition) {
    this.letters = letters;
    this.partition = partition;
  }

  /**
   * Reads on if that matters to this record; says whether all letters were seen. What was read is
   * known for good: however many there are, one look after the other comes to their end.
   */
  boolean knows(ConsumerRecord<byte[], byte[]> record) {
    boolean old = System.nanoTime() - lookedAt > LOOK_EVERY;
    if (!known || (old && last.containsKey(DeadLetterTopic.keyOf(record)))) {
      DeadLetterTopic.Reach reach = letters.read(partition, position, this::learn);
      position = reach.position();
      known = reach.isEnd();
      lookedAt = System.nanoTime();
    }
    return known;
  }

  /** Whether an earlier record of the same key is a dead letter. */
  boolean holds(ConsumerRecord<byte[], byte[]> record) {
    ByteBuffer key = DeadLetterTopic.keyOf(record);
    return key.hasRemaining() && last.containsKey(key);
  }

  /** Up to where the letters were read. */
  long position() {
    return position;
  }

  /** Makes a dead letter of a record. */
  void keep(ConsumerRecord<byte[], byte[]> record, String hook, String reason) {
    long offset = letters.keep(record, hook, reason);
    last.merge(DeadLetterTopic.keyOf(record), offset, Math::max);
  }

  private void learn(ConsumerRecord<byte[], byte[]> letter) {
    ByteBuffer key = DeadLetterTopic.keyOf(letter);
    DeadLetterTopic.settledUpTo(letter)
        .ifPresentOrElse(
            settled -> last.computeIfPresent(key, (k, at) -> at <= settled ? null : at),
            () -> last.merge(key, letter.offset(), Math::max));
    position = letter.offset() + 1;
  }
}
