package dev.gatehouse;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does what is due, again and again. Thread-safe. */
final class Background implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final Duration pause;
  private @Nullable ScheduledExecutorService thread;

  Background(Duration pause) {
    this.pause = pause;
  }

  synchronized void start(IntSupplier work) {
    if (thread == null) {
      thread =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread worker = new Thread(task, "gatehouse");
                worker.setDaemon(true);
                return worker;
              });
      thread.scheduleWithFixedDelay(
          () -> untilDone(work), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** A failure, such as a store that is down, ends this round and not the thread. */
  private static void untilDone(IntSupplier work) {
    try {
      while (work.getAsInt() > 0 && !Thread.currentThread().isInterrupted()) {
        LOG.trace("more may be due");
      }
    } catch (RuntimeException e) {
      LOG.error("background work failed; it goes on in a moment", e);
    }
  }

  @Override
  public synchronized void close() {
    if (thread == null) {
      return;
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    thread = null;
  }
}
