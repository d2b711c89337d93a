package dev.gatehouse.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/** Does many things at once, each on a thread of its own. */
final class Together {
  private Together() {}

  /** What each came to, in the order given; what one throws is thrown. */
  static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(task, "gatehouse-check-caller");
          thread.setDaemon(true);
          return thread;
        };
    ExecutorService callers = Executors.newFixedThreadPool(tasks.size(), threads);
    CountDownLatch ready = new CountDownLatch(tasks.size());
    List<Callable<T>> atOnce = new ArrayList<>();
    for (Callable<T> task : tasks) {
      atOnce.add(
          () -> {
            // Nobody begins before all are there: what is short is seldom met otherwise.
            ready.countDown();
            ready.await();
            return task.call();
          });
    }
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : callers.invokeAll(atOnce)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception thrown) {
        throw thrown;
      }
      throw new AssertionError(Words.of(e.getCause() == null ? e : e.getCause()), e);
    } finally {
      callers.shutdownNow();
    }
  }
}
