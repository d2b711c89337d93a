package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  private final Background background = new Background(Duration.ofMillis(1), Duration.ofMillis(50));

  @AfterEach
  void close() {
    background.close();
  }

  @Test
  void whatever_is_thrown_ends_its_round_and_never_its_thread() throws InterruptedException {
    List<Throwable> thrown =
        List.of(
            new IllegalStateException("the store is down"),
            new AssertionError("broken"),
            new LinkageError("acme/Sink"),
            new StackOverflowError(),
            new OutOfMemoryError("once"));
    AtomicInteger rounds = new AtomicInteger();
    CountDownLatch survived = new CountDownLatch(1);

    background.start(
        List.of(
            () -> {
              int round = rounds.getAndIncrement();
              if (round < thrown.size()) {
                throw BackgroundTest.<RuntimeException>undeclared(thrown.get(round));
              }
              survived.countDown();
              return 0;
            }));

    assertThat(survived.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_work_that_always_breaks_keeps_no_other_waiting() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(3);
    IntSupplier broken =
        () -> {
          throw new AssertionError("always");
        };

    background.start(List.of(broken, () -> counted(others), broken));

    assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_outlives_the_patience_of_close_does_not_run_another_round()
      throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch let = new CountDownLatch(1);
    AtomicInteger rounds = new AtomicInteger();
    AtomicReference<Thread> worker = new AtomicReference<>();
    background.start(
        List.of(
            () -> {
              worker.set(Thread.currentThread());
              rounds.incrementAndGet();
              inside.countDown();
              awaitStubbornly(let);
              return 1; // there is more to do
            }));
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

    background.close();
    let.countDown();
    worker.get().join(30_000);

    assertThat(worker.get().isAlive()).isFalse();
    assertThat(rounds).hasValue(1);
  }

  @Test
  void what_is_closed_can_not_be_started_and_may_be_closed_again() {
    AtomicInteger rounds = new AtomicInteger();
    background.close();

    assertThatThrownBy(() -> background.start(List.of(rounds::incrementAndGet)))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("build another one");

    background.close();
    assertThat(rounds).hasValue(0);
  }

  @Test
  void starting_twice_does_nothing() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(2);
    AtomicInteger second = new AtomicInteger();

    background.start(List.of(() -> counted(first)));
    background.start(List.of(second::incrementAndGet));

    assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
    background.close();
    assertThat(second).hasValue(0);
  }

  private static int counted(CountDownLatch latch) {
    latch.countDown();
    return 0;
  }

  /** Waits whatever comes, as work does that swallows interrupts. */
  private static void awaitStubbornly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.onSpinWait();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T undeclared(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
