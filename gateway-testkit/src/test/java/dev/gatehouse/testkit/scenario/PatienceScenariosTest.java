package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.event.OperationLeftToPerson;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** How long we wait, how often we ask and send, and when a person is told instead. */
class PatienceScenariosTest extends ScriptedScenario {
  private static final Outcome LOST =
      new Outcome.Unknown(Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "lost", "lost"));
  private static final Duration PATIENCE = EnginePolicy.defaults().doubtPatience();

  private final AtomicInteger sends = new AtomicInteger();

  // What may be the effect

  /** An operation had no effect only if that is provable; this refund may well be ours. */
  @Test
  void a_refund_is_not_sent_again_while_one_that_may_be_it_is_in_the_list() {
    refundIsLostAndTheListShows(refund("EUR 4.00").outOf("cap"));
    assertThat(sends).as("sends of a refund that may have been made").hasValue(1);
    assertThat(told(OperationLeftToPerson.class)).as("told too early").isFalse();

    shop.pass(PATIENCE.multipliedBy(2), 200);

    assertThat(told(OperationLeftToPerson.class)).isTrue();
    assertThat(sends).hasValue(1);
  }

  @Test
  void a_refund_is_not_sent_again_while_one_of_unknown_amount_and_origin_is_in_the_list() {
    refundIsLostAndTheListShows(Movement.of(MovementKind.REFUND, MovementStep.OPEN));
    assertThat(sends).hasValue(1);
  }

  /** A console may show the amount in the currency of the merchant's account. */
  @Test
  void a_refund_is_not_sent_again_while_one_in_another_currency_is_in_the_list() {
    refundIsLostAndTheListShows(refund("USD 4.40").outOf("cap"));
    assertThat(sends).hasValue(1);
  }

  @Test
  void a_refund_is_sent_again_though_another_amount_was_refunded() {
    refundIsLostAndTheListShows(refund("EUR 3.00").outOf("cap"));
    assertThat(sends).hasValue(2);
  }

  @Test
  void a_refund_is_sent_again_though_as_much_was_refunded_of_another_capture() {
    refundIsLostAndTheListShows(refund("EUR 4.00").outOf("cap_2"));
    assertThat(sends).hasValue(2);
  }

  @Test
  void a_refund_is_sent_again_though_as_much_was_refunded_by_another_operation() {
    refundIsLostAndTheListShows(refund("EUR 4.00").outOf("cap").causedBy("another"));
    assertThat(sends).hasValue(2);
  }

  @Test
  void a_capture_is_not_sent_again_while_one_that_may_be_it_is_in_the_list() {
    gw.recovery = Recovery.byListing(Duration.ZERO);
    scripted();
    gw.charge = ScriptedScenario::held;
    gw.capture = r -> lost();
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    gw.lookup =
        t ->
            new Lookup.Found(
                Scripted.of(shop.payment(c).id().value())
                    .movement("console", capture("EUR 6.00"))
                    .complete(FactList.CAPTURES)
                    .build());

    shop.capture(shop.payment(c), "EUR 6.00", false);
    shop.pass(Duration.ofHours(2), 200);

    assertThat(sends).as("sends of a capture that may have been made").hasValue(1);
  }

  /** Asked for one operation, a provider may say "none" of what it showed before without owner. */
  @Test
  void a_refund_is_not_sent_again_for_an_absence_after_one_that_may_be_it_was_seen() {
    CheckoutView c =
        refundIsLostAndTheListShows(
            Recovery.byId(Duration.ofHours(1)), refund("EUR 4.00").outOf("cap"));
    assertThat(shop.payment(c).facts().movements()).containsKey("re_1");
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), true);

    shop.pass(Duration.ofHours(10), 100);

    assertThat(sends).hasValue(1);
  }

  // Replays

  /** Each send is a fact to be kept and joined: at a steady pace, their cost would be square. */
  @Test
  void a_call_without_an_answer_is_replayed_less_and_less_often() {
    gw.recovery = Recovery.byReplay(Duration.ofDays(1));
    scripted();
    gw.charge = r -> lost();

    shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofHours(1), 1_800);

    assertThat(sends.get()).as("sends within an hour").isBetween(5, 15);
  }

  /** That a replay did not reach the provider says nothing of the first send. */
  @Test
  void a_replay_that_can_not_be_sent_is_made_less_and_less_often() {
    gw.recovery = Recovery.byReplay(Duration.ofDays(1));
    scripted();
    gw.charge = r -> sends.incrementAndGet() == 1 ? LOST : new Outcome.NotSent(Scripted.FAIL);

    shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofHours(1), 1_800);

    assertThat(sends.get()).as("sends within an hour").isBetween(5, 15);
  }

  /** A payment that was left alone for long waits long; what is in doubt now can't. */
  @Test
  void the_first_replay_comes_soon_though_the_payment_was_quiet_for_days() {
    gw.recovery = Recovery.byReplay(Duration.ofDays(1));
    scripted();
    gw.charge = ScriptedScenario::held;
    CheckoutView c = shop.house().pay(sale(shop.start10()).holdOnly());
    shop.pass(Duration.ofDays(5), 100);
    gw.capture = r -> lost();

    shop.capture(shop.payment(c), "EUR 10.00", true);
    shop.passMinutes(1);

    assertThat(sends.get()).isGreaterThan(1);
  }

  /** Nobody may be left in doubt for as long as a key lives. */
  @Test
  void a_doubt_that_replays_do_not_end_is_told_a_person_after_the_doubts_patience() {
    CheckoutView c = refundIsLostWithReplaysFor(Duration.ofDays(45));
    shop.pass(PATIENCE.minusHours(1), 100);
    assertThat(told(OperationLeftToPerson.class)).as("told too early").isFalse();

    shop.pass(Duration.ofDays(2), 100);
    int until = sends.get();
    shop.pass(Duration.ofDays(5), 50);

    assertThat(told(OperationLeftToPerson.class)).isTrue();
    assertThat(sends).as("sends, once it is a person's").hasValue(until);
    assertThat(shop.payment(c).wakeAt()).isEmpty();
  }

  /** We were away, not the provider: the key still tells. */
  @Test
  void what_was_lost_before_a_long_standstill_is_replayed_once_before_a_person_is_told() {
    CheckoutView c = refundIsLostWithReplaysFor(Duration.ofDays(45));
    shop.clock.advance(PATIENCE.multipliedBy(3));
    gw.refund =
        r ->
            new Outcome.Succeeded(
                Scripted.of(shop.payment(c).id().value())
                    .movement("re_1", refund("EUR 4.00").outOf("cap").causedBy(r.idempotencyKey()))
                    .build());

    shop.work();

    assertThat(told(OperationLeftToPerson.class)).isFalse();
    assertThat(shop.payment(c).status(refundOf(c))).isEqualTo(OperationStatus.SUCCEEDED);
  }

  @Test
  void a_key_that_lives_as_long_as_can_be_declared_is_replayed() {
    gw.recovery = Recovery.byReplay(Duration.ofDays(400));
    scripted();
    gw.charge = r -> sends.incrementAndGet() == 1 ? LOST : paid(r, "EUR 10.00");

    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.passMinutes(1);

    assertThat(shop.view(c)).isCompleted();
  }

  @Test
  void the_longest_settle_time_leaves_the_doubt_to_a_person() {
    gw.recovery = Recovery.byId(Duration.ofDays(400));
    scripted();
    gw.charge = r -> LOST;
    gw.lookup = t -> new Lookup.AbsentAsOf(shop.clock.instant(), true);

    shop.house().pay(sale(shop.start10()));
    shop.pass(Duration.ofDays(5), 500);

    assertThat(told(OperationLeftToPerson.class)).isTrue();
  }

  // Looks and alarms

  /** What is fetched anew each time is no news: polls wait longer and longer. */
  @Test
  void an_action_whose_token_is_fresh_at_each_look_is_looked_at_less_and_less() {
    scripted();
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<String> key = new AtomicReference<>();
    gw.charge =
        r -> {
          key.set(r.idempotencyKey());
          return new Outcome.ActionRequired(
              Scripted.of(r.reference())
                  .attempt("ch", attempt(AttemptStep.ACTION_NEEDED, r.idempotencyKey()))
                  .build(),
              CustomerAction.Redirect.to(URI.create("https://bank.test/")));
        };
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.lookup =
        t ->
            new Lookup.Found(
                Scripted.of(shop.payment(c).id().value())
                    .attempt(
                        "ch",
                        attempt(AttemptStep.ACTION_NEEDED, key.get())
                            .with(new CustomerAction.ClientToken("t" + looks.incrementAndGet())))
                    .build());

    shop.pass(Duration.ofHours(1), 1_800);

    assertThat(looks.get()).as("looks within an hour").isBetween(5, 15);
    assertThat(shop.view(c).action())
        .as("the newest is shown all the same")
        .contains(new CustomerAction.ClientToken("t" + looks.get()));
  }

  /** The send was committed with an alarm for its answer; the store's trouble comes after that. */
  @Test
  void an_alarm_that_was_set_before_the_trouble_is_not_pushed_back_by_it() {
    AtomicBoolean full = new AtomicBoolean();
    shop.with(store -> refusingOnceWhen(full, store));
    scripted();
    CheckoutView c = shop.house().pay(sale(shop.start10())); // no connection; to be sent again
    gw.charge =
        r -> {
          full.set(true);
          return LOST;
        };

    shop.clock.advance(Duration.ofSeconds(10));
    shop.work();

    assertThat(full).isFalse();
    Operation charge = shop.payment(c).operations().get(0);
    assertThat(charge.sends()).isEqualTo(2);
    assertThat(shop.payment(c).wakeAt())
        .contains(charge.lastSentAt().plus(EnginePolicy.defaults().callGrace()));
  }

  private static Store refusingOnceWhen(AtomicBoolean full, Store store) {
    return (Store)
        Proxy.newProxyInstance(
            PatienceScenariosTest.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && full.getAndSet(false)) {
                throw new IllegalStateException("the disk is full");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private CheckoutView refundIsLostAndTheListShows(Movement seen) {
    return refundIsLostAndTheListShows(Recovery.byListing(Duration.ZERO), seen);
  }

  /** Paid; a refund of EUR 4 got lost; some seconds later, the list was looked at. */
  private CheckoutView refundIsLostAndTheListShows(Recovery recovery, Movement seen) {
    gw.recovery = recovery;
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    gw.refund = r -> lost();
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    gw.lookup =
        t ->
            new Lookup.Found(
                Scripted.of(shop.payment(c).id().value())
                    .movement("cap", capture("EUR 10.00"))
                    .movement("re_1", seen)
                    .complete(FactList.CAPTURES, FactList.REFUNDS)
                    .build());
    shop.refund(shop.payment(c), "EUR 4.00");
    shop.pass(Duration.ofSeconds(5), 5);
    return c;
  }

  private CheckoutView refundIsLostWithReplaysFor(Duration life) {
    gw.recovery = Recovery.byReplay(life);
    scripted();
    gw.charge = r -> paid(r, "EUR 10.00");
    gw.refund = r -> lost();
    CheckoutView c = shop.house().pay(sale(shop.start10()));
    shop.refund(shop.payment(c), "EUR 4.00");
    return c;
  }

  private Operation refundOf(CheckoutView c) {
    return shop.payment(c).operations().get(1);
  }

  private Outcome lost() {
    sends.incrementAndGet();
    return LOST;
  }

  private static Movement refund(String amount) {
    return Movement.of(MovementKind.REFUND, MovementStep.DONE).with(Money.parse(amount));
  }
}
