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
  private final long patienceMillis;

  private Gate(int many, long patienceMillis) {
    this.missing = new CountDownLatch(many);
    this.patienceMillis = patienceMillis;
  }

  static Gate of(int many) {
    return of(many, PATIENCE_MILLIS);
  }

  static Gate of(int many, long patienceMillis) {
    return new Gate(many, patienceMillis);
  }

  static Gate open() {
    return of(0);
  }

  void pass() {
    missing.countDown();
    try {
      if (!missing.await(patienceMillis, TimeUnit.MILLISECONDS)) {
        while (missing.getCount() > 0) {
          missing.countDown();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
