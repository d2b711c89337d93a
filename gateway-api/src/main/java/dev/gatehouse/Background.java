package dev.gatehouse;

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
  private volatile boolean closing;
  private @Nullable ScheduledExecutorService threads;

  Background(Duration pause) {
    this.pause = pause;
  }

  synchronized void start(List<IntSupplier> works) {
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
      while (!closing && work.getAsInt() > 0) {
        LOG.trace("more may be due");
      }
    } catch (RuntimeException e) {
      LOG.error("background work failed; it goes on in a moment", e);
    }
  }

  @Override
  public synchronized void close() {
    if (threads == null) {
      return;
    }
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    threads = null;
    closing = false;
  }
}
