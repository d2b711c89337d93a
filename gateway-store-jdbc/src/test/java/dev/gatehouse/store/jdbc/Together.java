package dev.gatehouse.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Work that many do at once. */
final class Together {
  /** What each thread does. */
  interface Work {
    void of(int thread) throws Exception;
  }

  private Together() {}

  /** Runs the work in so many threads that all begin at once, and waits for all of them. */
  static void run(int times, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      CountDownLatch ready = new CountDownLatch(times);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int thread = i;
        all.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  work.of(thread);
                  return thread;
                }));
      }
      for (Future<?> one : all) {
        one.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
