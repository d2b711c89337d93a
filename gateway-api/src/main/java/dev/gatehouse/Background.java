package dev.gatehouse;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due, again and again: one thread per kind of work, so that a slow hook keeps neither
 * money nor another hook waiting. Thread-safe.
 */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final Duration pause;
  private final Duration patience;

  /** For good: a thread that outlives the patience of {@link #close} must not go on either. */
  private volatile boolean closed;

  private @Nullable ScheduledExecutorService threads;

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
   * @throws InvalidStateException after {@link #close}
   */
  synchronized void start(List<IntSupplier> works) {
    if (closed) {
      throw new InvalidStateException(
          new Problem("gatehouse", "gatehouse.closed", "is closed", "build another one"));
    }
    if (threads == null) {
      ScheduledExecutorService started =
          Executors.newScheduledThreadPool(works.size(), Background::worker);
      for (IntSupplier work : works) {
        started.scheduleWithFixedDelay(
            () -> untilDone(work), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
      }
      threads = started;
    }
  }

  private static Thread worker(Runnable task) {
    Thread worker = new Thread(task, "gatehouse");
    worker.setDaemon(true);
    return worker;
  }

  /** A failure, such as a store that is down, ends this round and not the thread. */
  private void untilDone(IntSupplier work) {
    try {
      while (!closed && work.getAsInt() > 0) {
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
    if (threads == null) {
      return;
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("background work does not end; it is interrupted and left alone");
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    threads = null;
  }
}
