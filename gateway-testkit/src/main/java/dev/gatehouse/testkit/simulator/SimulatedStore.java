package dev.gatehouse.testkit.simulator;

import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;

/**
 * Where the records of one run live. What was committed outlives every process; what a store holds
 * besides is lost with the process that opened it.
 */
public interface SimulatedStore extends AutoCloseable {
  /** Makes the place for one run, with nothing in it. */
  @FunctionalInterface
  interface Factory {
    /** A place of its own. */
    SimulatedStore open();
  }

  /** The store as a process uses it now; processes may share one. */
  Store of(String process);

  /**
   * The process died, and nobody closed anything. From here on {@link #of} is a store that was
   * opened anew on what is there.
   */
  void died(String process);

  /** The run is over. */
  @Override
  void close();

  /** One in-memory store for all, which outlives them. */
  static SimulatedStore inMemory() {
    Store store = new InMemoryStore();
    return new SimulatedStore() {
      @Override
      public Store of(String process) {
        return store;
      }

      @Override
      public void died(String process) {
        // What it committed is in the memory of the test.
      }

      @Override
      public void close() {
        // Nothing to give back.
      }
    };
  }
}
