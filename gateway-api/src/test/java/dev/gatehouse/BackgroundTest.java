package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.InvalidStateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
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

    start(
        () -> {
          int round = rounds.getAndIncrement();
          if (round < thrown.size()) {
            throw BackgroundTest.<RuntimeException>undeclared(thrown.get(round));
          }
          survived.countDown();
          return 0;
        });

    assertThat(survived.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_work_that_always_breaks_keeps_no_other_waiting() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(3);
    IntSupplier broken =
        () -> {
          throw new AssertionError("always");
        };

    start(broken, () -> counted(others), broken);

    assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_outlives_the_patience_of_close_does_not_run_another_round()
      throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch let = new CountDownLatch(1);
    AtomicInteger rounds = new AtomicInteger();
    AtomicReference<Thread> worker = new AtomicReference<>();
    start(
        () -> {
          worker.set(Thread.currentThread());
          rounds.incrementAndGet();
          inside.countDown();
          awaitStubbornly(let);
          return 1; // there is more to do
        });
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

    assertThatThrownBy(() -> start(rounds::incrementAndGet))
        .isInstanceOf(InvalidStateException.class)
        .hasMessageContaining("build another one");

    background.close();
    assertThat(rounds).hasValue(0);
  }

  @Test
  void starting_twice_does_nothing() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(2);
    AtomicInteger second = new AtomicInteger();

    start(() -> counted(first));
    start(second::incrementAndGet);

    assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
    background.close();
    assertThat(second).hasValue(0);
  }

  @Test
  void work_is_done_as_soon_as_it_is_woken() throws InterruptedException {
    Background patient = new Background(Duration.ofHours(1), Duration.ofMillis(50));
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(3);
    Background.Work work =
        new Background.Work(
            1,
            more -> {
              first.countDown();
              woken.countDown();
              return 0;
            });
    try {
      patient.start(List.of(work), () -> () -> {});
      assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
      while (woken.getCount() > 0) {
        work.wake();
        Thread.onSpinWait();
      }
    } finally {
      patient.close();
    }
    assertThat(woken.getCount()).isZero();
  }

  @Test
  void when_there_is_more_than_one_can_do_others_help_and_no_more_than_may() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch met = new CountDownLatch(3);
    Background.Work work =
        new Background.Work(
            3,
            more -> {
              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              more.run();
              meet(together);
              met.countDown();
              atOnce.decrementAndGet();
              return 1;
            });

    background.start(List.of(work), () -> () -> {});

    assertThat(met.await(30, TimeUnit.SECONDS)).isTrue();
    background.close();
    assertThat(most).hasValue(3);
  }

  private static void meet(CyclicBarrier others) {
    try {
      others.await(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      others.reset();
    }
  }

  @Test
  void whoever_interrupts_the_thread_that_tells_it_ends_nothing() throws InterruptedException {
    CountDownLatch rounds = new CountDownLatch(3);

    start(
        () -> {
          Thread.currentThread().interrupt();
          return counted(rounds);
        });

    assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_wakes_it_ends_with_it() {
    AtomicInteger closed = new AtomicInteger();
    background.start(List.of(new Background.Work(1, more -> 0)), () -> closed::incrementAndGet);

    background.close();

    assertThat(closed).hasValue(1);
  }

  private void start(IntSupplier... works) {
    background.start(
        Stream.of(works).map(work -> new Background.Work(1, more -> work.getAsInt())).toList(),
        () -> () -> {});
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
