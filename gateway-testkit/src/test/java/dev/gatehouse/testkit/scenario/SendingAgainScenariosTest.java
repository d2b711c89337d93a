package dev.gatehouse.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is sent again, or gone on with, and what is not. */
class SendingAgainScenariosTest extends ScriptedScenario {
  @Test
  void a_refund_in_doubt_is_not_replayed_once_a_dispute_took_the_money() {
    gw.recovery = Recovery.byReplay(Duration.ofDays(1));
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    AtomicInteger sends = new AtomicInteger();
    gw.refund =
        r -> {
          sends.incrementAndGet();
          return LOST;
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 10.00");
    assertThat(sends).hasValue(1);
    sees(
        c,
        seen ->
            seen.dispute("dp", Dispute.of(Shop.TEN, "ch"))
                .movement(
                    "wd",
                    Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE)
                        .with(Shop.TEN)
                        .ofCharge("ch")));
    shop.pass(Duration.ofHours(1), 60);
    assertThat(sends).as("sends of a refund of money that is gone").hasValue(1);
  }

  @Test
  void a_capture_in_doubt_is_not_replayed_once_its_checkout_was_called_off() {
    gw.recovery = Recovery.byReplay(Duration.ofDays(1));
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.voids = r -> LOST;
    AtomicInteger sends = new AtomicInteger();
    gw.capture =
        r -> {
          sends.incrementAndGet();
          return LOST;
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.capture(shop.payment(c), "EUR 10.00", true);
    shop.house().cancelCheckout(c.id());
    shop.pass(Duration.ofHours(1), 60);
    assertThat(sends).as("captures for a checkout that is cancelled").hasValue(1);
  }

  @Test
  void a_charge_that_the_provider_calls_a_duplicate_is_looked_up_and_not_failed() {
    scripted();
    AtomicInteger calls = new AtomicInteger();
    AtomicReference<Snapshot> made = new AtomicReference<>();
    gw.charge =
        r -> {
          made.set(Charged.of(r));
          return calls.incrementAndGet() == 1
              ? LOST
              : new Outcome.NotSent(
                  Failure.of(ErrorCategory.DUPLICATE, "duplicate_order", "done already"));
        };
    // The provider's list lags a little more than it declares.
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), true);
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.passMinutes(1);
    assertThat(calls).hasValue(2);
    gw.lookup = t -> new Lookup.Found(made.get());
    shop.pass(Duration.ofDays(2), 400);
    assertThat(shop.view(c).state())
        .as("EUR 10 was taken; told %s", kinds())
        .isEqualTo(CheckoutState.COMPLETED);
  }

  @Test
  void an_older_approval_is_not_completed_while_another_payment_holds_the_money() {
    scripted();
    AtomicReference<Snapshot> first = new AtomicReference<>();
    gw.charge =
        r -> {
          first.set(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                  .build());
          return new Outcome.ActionRequired(
              first.get(), new CustomerAction.Instructions(List.of("approve")));
        };
    AtomicInteger completions = new AtomicInteger();
    gw.complete =
        r -> {
          completions.incrementAndGet();
          return LOST;
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    Payment older = shop.payment(c);
    gw.charge = ScriptedScenario::held;
    shop.house().pay(sale(c).holdOnly());
    assertThat(shop.view(c).state()).isEqualTo(CheckoutState.AUTHORIZED);
    gw.lookup =
        t ->
            new Lookup.Found(
                Scripted.of(older.id().value())
                    .attempt("ch", Attempt.at(AttemptStep.APPROVED).with(Shop.TEN))
                    .build());
    announces("n", Optional.of(older.id().value()));
    assertThat(completions).as("EUR 10 are held already").hasValue(0);
  }

  @Test
  void a_late_answer_to_a_first_send_does_not_make_a_second_one_look_lost() throws Exception {
    gw.recovery = Recovery.byListing(Duration.ofSeconds(10));
    scripted();
    AtomicInteger sends = new AtomicInteger();
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    CountDownLatch secondMayEnd = new CountDownLatch(1);
    CountDownLatch firstIsOut = new CountDownLatch(1);
    CountDownLatch secondIsOut = new CountDownLatch(1);
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), true);
    gw.charge =
        r -> {
          int number = sends.incrementAndGet();
          if (number == 1) {
            firstIsOut.countDown();
            await(firstMayEnd);
            return LOST;
          }
          if (number == 2) {
            secondIsOut.countDown();
            await(secondMayEnd);
          }
          return paid(r, "EUR 10.00");
        };
    CheckoutView c = shop.start10();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> customer = threads.submit(() -> shop.house().pay(sale(c)));
      await(firstIsOut);
      shop.clock.advance(Duration.ofMinutes(3));
      shop.house().runDueWork();
      shop.clock.advance(Duration.ofSeconds(10));
      Future<?> waker = threads.submit(() -> shop.house().runDueWork());
      await(secondIsOut);
      firstMayEnd.countDown();
      customer.get(10, TimeUnit.SECONDS);
      for (int i = 0; i < 20; i++) {
        shop.clock.advance(Duration.ofSeconds(3));
        shop.house().runDueWork();
      }
      int whileTheSecondIsOut = sends.get();
      secondMayEnd.countDown();
      waker.get(10, TimeUnit.SECONDS);
      assertThat(whileTheSecondIsOut)
          .as("sends, the second of which had a minute of its two minutes' grace")
          .isEqualTo(2);
    } finally {
      firstMayEnd.countDown();
      secondMayEnd.countDown();
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
