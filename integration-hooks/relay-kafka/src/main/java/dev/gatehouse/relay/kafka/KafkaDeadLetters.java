package dev.gatehouse.relay.kafka;

import static dev.gatehouse.error.InvalidInputException.required;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.store.Store;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a person: the dead letters of a {@link KafkaHookRunner}, to look at, to tell again
 * and to skip, while the runner goes on. When the last letter of a subject is settled, the runner
 * tells the hook of that subject again, a few seconds later. Thread-safe; one person at a time.
 */
public final class KafkaDeadLetters implements AutoCloseable {
  private final DeadLetterTopic letters;

  private KafkaDeadLetters(DeadLetterTopic letters) {
    this.letters = letters;
  }

  /** The dead letters in a topic. */
  public static KafkaDeadLetters in(KafkaConnection connection, String topic) {
    return new KafkaDeadLetters(
        new DeadLetterTopic(
            required("connection", connection), required("topic", topic), DeadLetterTopic.LOOK));
  }

  /** Those that are not settled, each partition in order. */
  public List<DeadLetter> waiting() {
    List<DeadLetter> all = new ArrayList<>();
    for (int partition = 0; partition < letters.partitions(); partition++) {
      Waiting waiting = new Waiting();
      letters.readAll(partition, 0, waiting::take);
      waiting.inOrder().forEach(record -> all.add(letter(record)));
    }
    return all;
  }

  /**
   * Tells the hook of everything that waits, in order for each subject, the next one after it
   * answered. A letter that it does not take stays, and those of its subject behind it. What comes
   * to wait meanwhile is told, too.
   *
   * @param hook the hook, repaired
   * @param store the shop's store, if the hook asks for its customer
   * @return how many it took
   */
  public int replay(LifecycleHook hook, Optional<Store> store) {
    Teller teller = new Teller(hook, store.orElse(null));
    int told = 0;
    for (int partition = 0; partition < letters.partitions(); partition++) {
      told += replay(partition, teller);
    }
    return told;
  }

  private int replay(int partition, Teller teller) {
    Waiting waiting = new Waiting();
    int told = 0;
    long from = 0;
    boolean more = true;
    while (more) {
      from = letters.readAll(partition, from, waiting::take);
      int now = 0;
      for (Deque<ConsumerRecord<byte[], byte[]>> subject : waiting.subjects()) {
        now += replay(subject, teller);
      }
      told += now;
      more = now > 0;
    }
    return told;
  }

  private int replay(Deque<ConsumerRecord<byte[], byte[]>> subject, Teller teller) {
    int told = 0;
    while (!subject.isEmpty() && takes(teller, subject.element())) {
      letters.settle(subject.remove());
      told++;
    }
    return told;
  }

  private static boolean takes(Teller teller, ConsumerRecord<byte[], byte[]> record) {
    return event(record).map(event -> takes(teller, event)).orElse(false);
  }

  private static boolean takes(Teller teller, LifecycleEvent event) {
    if (teller.wants(event)) {
      return teller.tell(event, 1) instanceof HookResult.Delivered;
    }
    teller.passOver(event);
    return true;
  }

  /**
   * Settles a letter without telling anybody: the first one of its subject that waits.
   *
   * @throws NotFoundException if it is not that one
   */
  public void skip(DeadLetter letter) {
    Waiting waiting = new Waiting();
    letters.readAll(letter.partition(), 0, waiting::take);
    for (Deque<ConsumerRecord<byte[], byte[]>> subject : waiting.subjects()) {
      if (subject.element().offset() == letter.offset()) {
        letters.settle(subject.element());
        return;
      }
    }
    throw new NotFoundException(
        new Problem(
            "letter",
            "kafka.dead-letter",
            "does not wait, or waits behind another of its subject",
            "look at waiting() again, and skip the first of its subject"));
  }

  private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    byte @Nullable [] key = record.key();
    return new DeadLetter(
        Optional.ofNullable(key).map(k -> new String(k, UTF_8)),
        event(record).map(event -> event.header().id()),
        DeadLetterTopic.text(record, DeadLetterTopic.HOOK).orElse(""),
        DeadLetterTopic.text(record, DeadLetterTopic.REASON).orElse(""),
        record.partition(),
        record.offset());
  }

  private static Optional<LifecycleEvent> event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(Envelope.read(record));
    } catch (GatehouseException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    letters.close();
  }

  /** The letters of a partition that are not settled, by their keys. */
  private static final class Waiting {
    private final Map<ByteBuffer, Deque<ConsumerRecord<byte[], byte[]>>> byKey =
        new LinkedHashMap<>();

    void take(ConsumerRecord<byte[], byte[]> record) {
      Deque<ConsumerRecord<byte[], byte[]>> subject =
          byKey.computeIfAbsent(DeadLetterTopic.keyOf(record), key -> new ArrayDeque<>());
      Optional<Long> settled = DeadLetterTopic.settledUpTo(record);
      if (settled.isPresent()) {
        subject.removeIf(letter -> letter.offset() <= settled.get());
      } else {
        subject.add(record);
      }
    }

    List<Deque<ConsumerRecord<byte[], byte[]>>> subjects() {
      return byKey.values().stream().filter(subject -> !subject.isEmpty()).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> inOrder() {
      return byKey.values().stream()
          .flatMap(Deque::stream)
          .sorted((a, b) -> Long.compare(a.offset(), b.offset()))
          .toList();
    }
  }
}
