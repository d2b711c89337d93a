package dev.gatehouse.relay.kafka;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.hook.HookResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What is to be told from one partition, in its order, and how far it is. One worker is at it at a
 * time; the polling thread adds records, and keeps how far it got.
 *
 * <p>The group knows of a record that it is in our hands before the hook is told. If the process
 * ends meanwhile, it was the doing of that record, perhaps, or of one close behind it: whoever has
 * the partition next tells these one by one, each after the group knows of it, and no other such
 * record at the same time.
 */
final class PartitionWork implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);

  /** Gives the thread to another partition, if one waits for it. */
  private static final Duration BREATH = Duration.ofMillis(1);

  /** About how many are told before the group knows of the first, and for how long. */
  private static final int CLOSE_BEHIND = 32;

  private static final long CLOSE_BEHIND_NANOS = Duration.ofSeconds(1).toNanos();

  private final RunnerOptions options;
  private final Teller teller;
  private final HeldBack held;
  private final Ownership ownership;

  // Guarded by this.
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private long next = -1;
  private Head head = Head.NEW;
  private boolean known;
  private @Nullable OffsetAndMetadata kept;
  private boolean running;
  private long tellingSince;
  private boolean overdue;
  private boolean ended;
  private long rest;
  private long restingSince;
  private int suspects;
  private long suspectedFor;
  private boolean tried;
  private long triedSince;

  // Of Kafka, in a row; for the worker.
  private int troubles;

  PartitionWork(RunnerOptions options, Teller teller, HeldBack held, Ownership ownership) {
    this.options = options;
    this.teller = teller;
    this.held = held;
    this.ownership = ownership;
  }

  synchronized void add(List<ConsumerRecord<byte[], byte[]>> records) {
    if (waiting.isEmpty() && !records.isEmpty()) {
      next = records.get(0).offset();
    }
    waiting.addAll(records);
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  synchronized boolean isRunning() {
    return running;
  }

  /** Whether it matters what the group remembers, and nobody has asked it. */
  synchronized boolean isUnknown() {
    return !known && !waiting.isEmpty();
  }

  /** What the group remembers; empty if that is nothing. */
  synchronized void remember(Optional<OffsetAndMetadata> place) {
    known = true;
    head =
        place
            .filter(at -> at.offset() == next)
            .map(at -> Head.read(at.metadata()))
            .orElse(Head.NEW);
    suspectFrom(head);
  }

  private void suspectFrom(Head first) {
    suspects = first.isSuspect() ? CLOSE_BEHIND : 0;
    suspectedFor = 0;
  }

  /** Whether a suspect is being told that no other is to be told beside. */
  synchronized boolean isTried() {
    return tried && System.nanoTime() - triedSince < options.hookGrace().toNanos();
  }

  /** Tells a suspect next, if there is one. */
  synchronized boolean tryNext() {
    if (suspects == 0 || tried || running || !isReady()) {
      return false;
    }
    tried = true;
    triedSince = System.nanoTime();
    return true;
  }

  /** Whether the group is to know first that this is in our hands. */
  synchronized boolean waitsForGroup() {
    return isReady() && !running && (suspects == 0 || tried) && !isKnownToGroup();
  }

  /** Whether a worker is to be sent now. If so, it must be. */
  synchronized boolean begin() {
    if (running || !isReady() || !mayTell()) {
      return false;
    }
    rest = 0;
    running = true;
    tellingSince = System.nanoTime();
    return true;
  }

  /** Whether the hook has not returned within its grace; said once of each record. */
  synchronized boolean isOverdue() {
    boolean late = running && System.nanoTime() - tellingSince > options.hookGrace().toNanos();
    boolean isNews = late && !overdue;
    overdue = late;
    return isNews;
  }

  private boolean isReady() {
    return known && !ended && !waiting.isEmpty() && System.nanoTime() - restingSince >= rest;
  }

  private boolean mayTell() {
    return ownership.isSure() && (suspects == 0 || tried) && isKnownToGroup();
  }

  private boolean isKnownToGroup() {
    return suspects == 0 ? kept != null : place().equals(kept);
  }

  /** From where on nothing was told; empty if that is kept already, or nothing is known. */
  synchronized Optional<OffsetAndMetadata> toKeep(boolean again) {
    return known && (again || !place().equals(kept)) ? Optional.of(place()) : Optional.empty();
  }

  private OffsetAndMetadata place() {
    boolean mayBeTold = running || (!ended && (suspects == 0 || tried));
    Head shown = waiting.isEmpty() ? Head.NEW : mayBeTold ? head.claimed() : head;
    return new OffsetAndMetadata(next, shown.text());
  }

  synchronized void kept(OffsetAndMetadata place) {
    kept = place;
  }

  /** Nothing more is told. */
  synchronized void end() {
    ended = true;
  }

  /** Waits until no worker is at it; says whether that is so. */
  synchronized boolean awaitRest(long deadline) throws InterruptedException {
    for (long left = deadline - System.nanoTime();
        running && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !running;
  }

  @Override
  public void run() {
    try {
      while (mayGoOn()) {
        tell(first());
      }
    } catch (RuntimeException e) {
      await(e);
    } catch (Error e) {
      LOG.error("hook {}: {} ended with {}", teller.id(), place(first()), Faults.describe(e));
      unanswered();
    } finally {
      synchronized (this) {
        running = false;
        notifyAll();
      }
    }
  }

  private synchronized boolean mayGoOn() {
    return !ended && !waiting.isEmpty() && rest == 0 && mayTell();
  }

  private synchronized ConsumerRecord<byte[], byte[]> first() {
    return waiting.element();
  }

  private synchronized Head head() {
    return head;
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> givenUp = head().givenUp();
    if (givenUp.isPresent()) {
      bury(record, givenUp.get());
      return;
    }
    LifecycleEvent event;
    try {
      event = Envelope.read(record);
    } catch (GatehouseException e) {
      bury(record, "is no event that is known here: " + e.getMessage());
      return;
    }
    if (!teller.wants(event)) {
      teller.passOver(event);
      over();
    } else if (!held.knows(record)) {
      LOG.warn(
          "hook {}: {} waits until its dead letters are read; so far up to offset {}",
          teller.id(),
          place(record),
          held.position());
      restFor(BREATH);
    } else if (held.holds(record)) {
      bury(record, "waits behind an earlier dead letter of its subject");
    } else {
      decide(record, teller.tell(event, head().failures() + 1));
    }
  }

  /** Dead letters can't be read or written now, or the store: this waits, and others go on. */
  private void await(RuntimeException trouble) {
    troubles++;
    Duration wait = options.waitAfter(troubles, Duration.ZERO);
    String why =
        trouble instanceof KafkaException
            ? "its dead letters are out of reach: " + Trouble.of(trouble).words()
            : Faults.describe(trouble);
    boolean isAlarm = troubles == 1 && Trouble.of(trouble).isRefusal();
    LOG.atLevel(isAlarm ? Level.ERROR : Level.WARN)
        .log("hook {}: {} waits {} ms: {}", teller.id(), this, wait.toMillis(), why);
    restFor(wait);
  }

  private void decide(ConsumerRecord<byte[], byte[]> record, HookResult result) {
    heard(head().answered());
    if (result instanceof HookResult.Delivered) {
      over();
    } else if (result instanceof HookResult.Park park) {
      bury(record, park.reason());
    } else {
      again(record, (HookResult.Retry) result);
    }
  }

  private void again(ConsumerRecord<byte[], byte[]> record, HookResult.Retry retry) {
    Instant now = options.clock().instant();
    Head failed = head().failed(now);
    heard(failed);
    if (failed.failsLongerThan(options.patience(), now)) {
      bury(record, retry.reason());
      return;
    }
    LOG.info("hook {} is told of {} again later", teller.id(), place(record));
    restFor(options.waitAfter(failed.failures(), retry.after().orElse(Duration.ZERO)));
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, String reason) {
    held.keep(record, teller.id(), reason);
    LOG.warn("hook {}: {} is a dead letter", teller.id(), place(record));
    over();
  }

  private synchronized void heard(Head now) {
    head = now;
  }

  private synchronized void over() {
    long now = System.nanoTime();
    suspectedFor += now - tellingSince;
    suspects = suspectedFor < CLOSE_BEHIND_NANOS ? Math.max(0, suspects - 1) : 0;
    tellingSince = now;
    next = waiting.remove().offset() + 1;
    head = Head.NEW;
    tried = false;
    troubles = 0;
  }

  /** An error of which nobody can make an answer: as if the process had ended. */
  private synchronized void unanswered() {
    head = head.claimed();
    suspectFrom(head);
    restFor(options.waitAfter(head.unanswered(), Duration.ZERO));
  }

  private synchronized void restFor(Duration time) {
    tried = false;
    rest = time.toNanos();
    restingSince = System.nanoTime();
  }

  /** The record that is next. */
  @Override
  public synchronized String toString() {
    return waiting.isEmpty() ? "nothing" : place(waiting.element());
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
