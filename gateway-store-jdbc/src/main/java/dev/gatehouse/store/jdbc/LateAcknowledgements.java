package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries deliveries again and again that a hook has taken and that could not be taken away yet, by a
 * thread that is there while there are any. If the process dies meanwhile, their hook is told of
 * them once more. Thread-safe.
 */
final class LateAcknowledgements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateAcknowledgements.class);

  /** What comes beyond that is told to its hook once more. */
  private static final int MOST = 10_000;

  private static final Duration AFTER_A_FAILURE = Duration.ofMillis(200);

  private final Predicate<Delivery> attempt;
  private final Queue<Delivery> owed = new ArrayDeque<>();
  private final Semaphore ending = new Semaphore(0);
  private boolean running;
  private boolean closed;

  /**
   * @param attempt says whether there is nothing more to do: it is taken away, or was changed
   */
  LateAcknowledgements(Predicate<Delivery> attempt) {
    this.attempt = attempt;
  }

  synchronized void add(Delivery delivery) {
    if (owed.size() >= MOST) {
      LOG.warn("too many acknowledgements wait; a hook is told of an event once more");
      return;
    }
    owed.add(delivery);
    if (!running && !closed) {
      running = true;
      Thread thread = new Thread(this::tryAll, "gatehouse-acknowledges");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void tryAll() {
    Optional<Delivery> next = next();
    while (next.isPresent()) {
      if (!isDone(next.get())) {
        add(next.get());
        pause();
      }
      next = next();
    }
  }

  /** An application's pool may throw anything. */
  private boolean isDone(Delivery delivery) {
    try {
      return attempt.test(delivery);
    } catch (RuntimeException e) {
      LOG.debug("an acknowledgement failed, and is tried again", e);
      return false;
    }
  }

  private synchronized Optional<Delivery> next() {
    Optional<Delivery> next = closed ? Optional.empty() : Optional.ofNullable(owed.poll());
    running = next.isPresent();
    return next;
  }

  private void pause() {
    try {
      if (ending.tryAcquire(AFTER_A_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.trace("it is to end");
      }
    } catch (InterruptedException e) {
      LOG.trace("nobody interrupts this thread");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    ending.release();
  }
}
