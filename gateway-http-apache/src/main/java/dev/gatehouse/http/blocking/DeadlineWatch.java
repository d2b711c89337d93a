package dev.gatehouse.http.blocking;

import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the calls whose time is over. Its thread sleeps until the earliest deadline that it knows of
 * and is woken only for an earlier one, so a call that ends in time costs it nothing.
 */
final class DeadlineWatch {
  private static final long FAR = 1L << 62;

  private final Collection<Call> calls;
  private volatile @Nullable Thread thread;
  private volatile boolean stopped;

  /** By {@link System#nanoTime}. */
  private volatile long wakesAt;

  /** Looks at these calls, which come and go. */
  DeadlineWatch(Collection<Call> calls) {
    this.calls = calls;
  }

  static Thread daemon(Runnable task, String name) {
    Thread made = new Thread(task, name);
    made.setDaemon(true);
    return made;
  }

  /** Makes sure that a call, which is among the calls already, is ended in time. */
  void expect(Call call) {
    Thread watching = thread;
    if (watching == null) {
      start();
    } else if (call.wakeAt() - wakesAt < 0) {
      LockSupport.unpark(watching);
    }
  }

  synchronized void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private synchronized void start() {
    if (thread == null && !stopped) {
      wakesAt = System.nanoTime();
      Thread made = daemon(this::run, "gatehouse-http-deadlines");
      thread = made;
      made.start();
    }
  }

  private void run() {
    while (!stopped) {
      long now = System.nanoTime();
      // Said before looking, so that whoever comes while we look wakes us.
      wakesAt = now + FAR;
      long next = now + FAR;
      for (Call call : calls) {
        call.expire(now);
        if (call.wakeAt() - next < 0) {
          next = call.wakeAt();
        }
      }
      wakesAt = next;
      long wait = next - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      }
    }
  }
}
