package dev.gatehouse.relay.kafka;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.hook.HookResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be told from one partition, in its order, and how far it is. One worker is at it at a
 * time; the polling thread adds records, and keeps how far it got.
 */
final class PartitionWork implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);

  /** Gives the thread to another partition, if one waits for it. */
  private static final Duration BREATH = Duration.ofMillis(1);

  private final RunnerOptions options;
  private final Teller teller;
  private final HeldBack held;
  private final Ownership ownership;

  // Guarded by this.
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private long next = -1;
  private long kept = -1;
  private boolean running;
  private boolean ended;
  private long rest;
  private long restingSince;

  // Of the record at the head; for the worker.
  private int failures;
  private long failingSince;

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

  /** Whether a worker is to be sent now. If so, it must be. */
  synchronized boolean begin() {
    boolean rested = System.nanoTime() - restingSince >= rest;
    if (running || ended || waiting.isEmpty() || !rested || !ownership.isSure()) {
      return false;
    }
    rest = 0;
    running = true;
    return true;
  }

  /** From where on nothing was told; empty if that is kept already, or nothing is known. */
  synchronized OptionalLong toKeep(boolean again) {
    return next >= 0 && (again || next != kept) ? OptionalLong.of(next) : OptionalLong.empty();
  }

  synchronized void kept(long offset) {
    kept = offset;
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
        tell(head());
      }
    } catch (RuntimeException e) {
      await(e);
    } finally {
      synchronized (this) {
        running = false;
        notifyAll();
      }
    }
  }

  private synchronized boolean mayGoOn() {
    return !ended && !waiting.isEmpty() && rest == 0 && ownership.isSure();
  }

  private synchronized ConsumerRecord<byte[], byte[]> head() {
    return waiting.element();
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
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
      decide(record, teller.tell(event, failures + 1));
    }
  }

  /** Dead letters can't be read or written now, or the store: this waits, and others go on. */
  private void await(RuntimeException trouble) {
    troubles++;
    Duration wait = options.waitAfter(troubles, Duration.ZERO);
    LOG.warn(
        "hook {}: {} waits {} ms: {}",
        teller.id(),
        place(head()),
        wait.toMillis(),
        trouble instanceof KafkaException
            ? "its dead letters are out of reach: " + Trouble.of(trouble).words()
            : Faults.describe(trouble));
    restFor(wait);
  }

  private void decide(ConsumerRecord<byte[], byte[]> record, HookResult result) {
    if (result instanceof HookResult.Delivered) {
      over();
    } else if (result instanceof HookResult.Park park) {
      bury(record, park.reason());
    } else {
      again(record, (HookResult.Retry) result);
    }
  }

  private void again(ConsumerRecord<byte[], byte[]> record, HookResult.Retry retry) {
    long now = System.nanoTime();
    failingSince = failures == 0 ? now : failingSince;
    failures++;
    if (now - failingSince >= options.patience().toNanos()) {
      bury(record, retry.reason());
      return;
    }
    LOG.info("hook {} is told of {} again later", teller.id(), place(record));
    restFor(options.waitAfter(failures, retry.after().orElse(Duration.ZERO)));
  }

  private void bury(ConsumerRecord<byte[], byte[]> record, String reason) {
    held.keep(record, teller.id(), reason);
    LOG.warn("hook {}: {} is a dead letter", teller.id(), place(record));
    over();
  }

  private synchronized void over() {
    next = waiting.remove().offset() + 1;
    failures = 0;
    troubles = 0;
  }

  private synchronized void restFor(Duration time) {
    rest = time.toNanos();
    restingSince = System.nanoTime();
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
