package dev.gatehouse;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due, again and again: with threads for each kind of work, so that a slow hook keeps
 * neither money nor another hook waiting. Thread-safe.
 */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofHours(1);

  /**
   * A kind of work. One thread looks now and then whether there is some, or as soon as it is woken;
   * others help when there is more than one can do.
   */
  static final class Work {
    private final int threads;
    private final ToIntFunction<Runnable> round;
    private final Semaphore forFirst = new Semaphore(0);
    private final Semaphore forHelpers = new Semaphore(0);

    /**
     * Work for so many threads at most.
     *
     * @param round does some of it, and says how much; tells the given as soon as it sees that
     *     there may be more than that
     */
    Work(int threads, ToIntFunction<Runnable> round) {
      this.threads = threads;
      this.round = round;
    }

    /** There may be some now. Never waits. */
    void wake() {
      call(forFirst);
    }

    private void callForHelp() {
      call(forHelpers);
    }

    /** One call is as good as many. */
    private static void call(Semaphore waiting) {
      if (waiting.availablePermits() == 0) {
        waiting.release();
      }
    }
  }

  private final Duration pause;
  private final Duration patience;
  private final List<Thread> threads = new ArrayList<>();

  /** For good: a thread that outlives the patience of {@link #close} must not go on either. */
  private volatile boolean closed;

  private List<Work> works = List.of();
  private Store.Subscription subscription = () -> {};

  Background(Duration pause) {
    this(pause, STOP_PATIENCE);
  }

  Background(Duration pause, Duration patience) {
    this.pause = pause;
    this.patience = patience;
  }

  /**
   * Starts, once.
   *
   * @param waking has the work woken, until it is closed
   * @throws InvalidStateException after {@link #close}
   */
  synchronized void start(List<Work> begun, Supplier<Store.Subscription> waking) {
    if (closed) {
      throw new InvalidStateException(
          new Problem("gatehouse", "gatehouse.closed", "is closed", "build another one"));
    }
    if (threads.isEmpty()) {
      works = List.copyOf(begun);
      for (Work work : works) {
        threads.add(worker(() -> lead(work)));
        for (int helper = 1; helper < work.threads; helper++) {
          threads.add(worker(() -> help(work)));
        }
      }
      threads.forEach(Thread::start);
      subscription = waking.get();
    }
  }

  private static Thread worker(Runnable task) {
    Thread worker = new Thread(task, "gatehouse");
    worker.setDaemon(true);
    return worker;
  }

  private void lead(Work work) {
    while (!closed) {
      untilDone(work);
      await(work.forFirst, pause);
    }
  }

  private void help(Work work) {
    while (!closed) {
      if (await(work.forHelpers, LONG)) {
        untilDone(work);
      }
    }
  }

  /** A hook that interrupts its own thread ends nothing but this wait. */
  private static boolean await(Semaphore call, Duration longest) {
    try {
      return call.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** A failure, such as a store that is down, ends this round and not the thread. */
  private void untilDone(Work work) {
    try {
      while (!closed && work.round.applyAsInt(work::callForHelp) > 0) {
        LOG.trace("more may be due");
      }
    } catch (Throwable e) {
      tell(e);
    }
  }

  /** Where memory has run out, even telling may fail; the thread goes on all the same. */
  private static void tell(Throwable failure) {
    try {
      LOG.error("background work failed; it goes on in a moment: {}", Faults.describe(failure));
    } catch (Throwable again) {
      failure.addSuppressed(again);
    }
  }

  /** Stops the work that is under way after its round, and waits for it for a while. */
  @Override
  public synchronized void close() {
    closed = true;
    subscription.close();
    works.forEach(
        work -> {
          work.forFirst.release();
          work.forHelpers.release(work.threads);
        });
    try {
      long end = System.nanoTime() + patience.toNanos();
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      }
      if (threads.stream().anyMatch(Thread::isAlive)) {
        LOG.warn("background work does not end; it is interrupted and left alone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }
}
