package dev.gatehouse.benchmarks;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One way to make sales durable. */
interface Contender extends AutoCloseable {
  /** Whatever has to be there before; not measured. */
  void prepare(Sales sales) throws Exception;

  /** One caller for each of the threads that begin now; not measured. */
  Caller caller() throws Exception;

  /** How many threads there are for so many callers. */
  default int threads(int callers) {
    return callers;
  }

  @Override
  default void close() throws SQLException {}

  /** What one thread does with a sale, by its index: both of its commits. */
  interface Caller extends AutoCloseable {
    void sell(int sale) throws Exception;

    /** Finishes what it has begun; measured. */
    default void finish() throws Exception {}

    @Override
    default void close() throws SQLException {}
  }

  /**
   * How it went.
   *
   * @param rate sales per second
   * @param cpu processor time for a sale, in microseconds
   */
  record Figures(double rate, double cpu) {}

  /** Lets so many callers sell it all. */
  default Figures run(int count, int callers, Processors processors) throws Exception {
    int threads = threads(callers);
    List<Caller> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(caller());
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch begin = new CountDownLatch(1);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (Caller caller : all) {
      running.add(
          pool.submit(
              () -> {
                begin.await();
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                  caller.sell(i);
                }
                caller.finish();
                return true;
              }));
    }
    double used = processors.used();
    long start = System.nanoTime();
    begin.countDown();
    for (Future<?> one : running) {
      one.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    used = processors.used() - used;
    pool.shutdown();
    for (Caller caller : all) {
      caller.close();
    }
    return new Figures(count / seconds, used / count * 1e6);
  }
}
