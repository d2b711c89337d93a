package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.Delivery;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LateAcknowledgementsTest {
  private static final Delivery OWED =
      new Delivery(
          "crm",
          Events.event("ann/1", "ann"),
          1,
          1,
          0,
          Events.NOW,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1);

  @Test
  void what_an_applications_pool_throws_ends_nothing() throws InterruptedException {
    CountDownLatch attempts = new CountDownLatch(3);
    try (LateAcknowledgements late =
        new LateAcknowledgements(
            delivery -> {
              attempts.countDown();
              if (attempts.getCount() > 0) {
                throw new IllegalStateException("the pool says so");
              }
              return true;
            })) {
      late.add(OWED);

      assertThat(attempts.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
