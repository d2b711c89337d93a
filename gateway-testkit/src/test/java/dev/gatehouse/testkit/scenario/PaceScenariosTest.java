package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.testkit.reference.TestToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much the background asks of a gateway, and that one's trouble is no other's. */
class PaceScenariosTest extends ScriptedScenario {
  private static final Duration FIRST_POLL = EnginePolicy.defaults().firstPoll();

  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void pending() {
    scripted();
    gw.charge =
        r ->
            new Outcome.Pending(
                Scripted.of(r.reference())
                    .attempt("ch", attempt(AttemptStep.PROCESSING, r.idempotencyKey()))
                    .build());
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.CannotTell(ListingGateway.DOWN);
        };
  }

  private void paying(int payments) {
    for (int i = 0; i < payments; i++) {
      shop.house().pay(sale(shop.start10()));
    }
  }

  @Test
  void f9_a_provider_that_asked_for_a_rest_has_it_and_the_others_go_on() {
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          return new Lookup.CannotTell(
              new Failure(
                  ErrorCategory.RATE_LIMITED,
                  "429",
                  "too many requests",
                  Optional.of(Duration.ofMinutes(2))));
        };
    paying(3);
    CheckoutView elsewhere = shop.pay(shop.start10(), TestToken.PENDING);
    shop.clock.advance(Duration.ofMinutes(1));

    shop.house().runDueWork();
    assertThat(looks).as("the first answer said enough").hasValue(1);
    shop.clock.advance(Duration.ofMinutes(1));
    shop.house().runDueWork();
    assertThat(looks).hasValue(1);
    shop.clock.advance(Duration.ofMinutes(1));
    shop.house().runDueWork();
    assertThat(looks).as("the rest is over, and another begins").hasValue(2);

    shop.clock.advance(Duration.ofDays(1));
    shop.house().runDueWork();
    assertThat(shop.view(elsewhere).checkout().state()).isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void a_gateway_is_asked_so_often_a_second_and_what_is_over_waits() {
    shop.with(EnginePolicy.defaults().toBuilder().looksPerSecond(2).build());
    paying(30);
    shop.clock.advance(FIRST_POLL);

    List<Integer> made = new ArrayList<>();
    while (looks.get() < 30) {
      int before = looks.get();
      shop.house().runDueWork();
      made.add(looks.get() - before);
      shop.clock.advance(Duration.ofMillis(500));
      assertThat(made).as("rounds so far").hasSizeLessThan(100);
    }

    assertThat(made.get(0)).as("what was saved").isEqualTo(10);
    assertThat(made.subList(1, made.size())).allMatch(count -> count <= 1);
  }

  @Test
  void after_the_clock_was_put_back_a_gateway_is_asked_on() {
    shop.with(EnginePolicy.defaults().toBuilder().looksPerSecond(1).build());
    paying(8);
    shop.clock.advance(FIRST_POLL);
    shop.house().runDueWork();
    assertThat(looks).hasValue(5);

    shop.clock.advance(Duration.ofHours(-1));
    shop.house().runDueWork();
    shop.clock.advance(Duration.ofHours(1).plusSeconds(3));
    shop.house().runDueWork();

    assertThat(looks.get()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void while_a_gateway_is_slow_the_others_payments_are_looked_at() throws Exception {
    CountDownLatch looking = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    gw.lookup =
        t -> {
          looks.incrementAndGet();
          looking.countDown();
          await(mayEnd);
          return new Lookup.CannotTell(ListingGateway.DOWN);
        };
    paying(5);
    CheckoutView elsewhere = shop.pay(shop.start10(), TestToken.PENDING);
    shop.clock.advance(Duration.ofDays(1));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> slow = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        slow.add(threads.submit(() -> shop.house().runDueWork()));
      }
      await(looking);

      shop.house().runDueWork();
      assertThat(looks).as("two are enough at once").hasValue(2);
      assertThat(shop.view(elsewhere).checkout().state()).isEqualTo(CheckoutState.COMPLETED);

      mayEnd.countDown();
      for (Future<?> thread : slow) {
        thread.get(10, TimeUnit.SECONDS);
      }
      assertThat(looks).as("then the others have their turn").hasValue(5);
    } finally {
      mayEnd.countDown();
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing happened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
