package dev.gatehouse.testkit.conformance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets nobody through until enough have come. A gateway that sends one after another never brings
 * so many: the first waits for a moment, and then it is open to all.
 */
final class Gate {
  private static final long PATIENCE_MILLIS = 1_000;

  private final CountDownLatch missing;

  private Gate(int many) {
    missing = new CountDownLatch(many);
  }

  static Gate of(int many) {
    return new Gate(many);
  }

  static Gate open() {
    return new Gate(0);
  }

  void pass() {
    missing.countDown();
    try {
      if (!missing.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        while (missing.getCount() > 0) {
          missing.countDown();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
