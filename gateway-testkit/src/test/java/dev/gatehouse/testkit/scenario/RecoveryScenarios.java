package dev.gatehouse.testkit.scenario;

import static dev.gatehouse.testkit.GatehouseAssertions.assertThat;
import static dev.gatehouse.testkit.GatehouseAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.Pay;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.PaymentCaptured;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.SimulatedStore;
import java.time.Duration;
import java.time.Instant;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Responses that are lost, processes that die, providers that are down: numbers 1–5, 8, 9, 22, 28,
 * 29.
 */
public abstract class RecoveryScenarios extends StoreScenario {
  protected RecoveryScenarios(SimulatedStore.Factory place) {
    super(place);
  }

  @Test
  void f01_timeout_but_the_charge_succeeded_ends_in_one_charge() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();

    CheckoutView asked = shop.pay(checkout, TestToken.APPROVE);

    assertThat(asked).isPending();
    assertThat(shop.payment(checkout)).isInDoubt();
    shop.passMinutes(1);
    assertPaidOnce(checkout);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f02_timeout_and_the_charge_never_happened_ends_in_one_charge_under_the_same_key() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheRequest();

    shop.pay(checkout, TestToken.APPROVE);

    assertThat(shop.payment(checkout)).isInDoubt();
    assertThat(shop.ledger().charges()).isEmpty();
    shop.passMinutes(1);
    assertPaidOnce(checkout);
    assertThat(shop.payment(checkout).operations()).hasSize(1);
    assertThat(shop.payment(checkout).operations().get(0).sends()).isEqualTo(2);
  }

  @Test
  void f02_nothing_is_sent_again_before_the_lookup_is_certain() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheRequest();
    shop.pay(checkout, TestToken.APPROVE);

    shop.pass(Duration.ofSeconds(4), 4);

    assertThat(shop.chargeRequests()).isZero();
    assertThat(shop.payment(checkout)).isInDoubt();
  }

  @Test
  void f03_a_crash_before_the_request_is_sent_is_resumed_with_the_saved_key() {
    CheckoutView checkout = shop.start10();
    shop.door.crashesBeforeTheRequest();
    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE)).isInstanceOf(Crash.class);
    shop.restart();
    Operation saved = shop.payment(checkout).operations().get(0);
    assertThat(shop.ledger().requests()).isZero();

    shop.passMinutes(5);

    assertPaidOnce(checkout);
    assertThat(shop.ledger().chargesByKey(saved.key())).hasSize(1);
  }

  @Test
  void f04_a_crash_after_the_response_and_before_it_is_saved_is_reconciled_to_what_is_true() {
    CheckoutView checkout = shop.start10();
    shop.door.crashesAfterTheResponse();
    assertThatThrownBy(() -> shop.pay(checkout, TestToken.APPROVE)).isInstanceOf(Crash.class);
    shop.restart();
    assertThat(shop.payment(checkout)).isInDoubt();

    shop.passMinutes(5);

    assertPaidOnce(checkout);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f04_a_crash_after_a_declined_response_ends_in_the_decline() {
    CheckoutView checkout = shop.start10();
    shop.door.crashesAfterTheResponse();
    assertThatThrownBy(() -> shop.pay(checkout, TestToken.DECLINE_UNKNOWN))
        .isInstanceOf(Crash.class);

    shop.restart().passMinutes(5);

    assertThat(shop.view(checkout)).isFailed();
    assertThatEvents(shop.events()).containsOnce(PaymentFailed.class);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f04_captures_refunds_and_voids_survive_a_crash_after_the_response() {
    CheckoutView checkout = shop.hold(shop.start10(), TestToken.APPROVE);
    Payment payment = shop.payment(checkout);
    shop.door.crashesAfterTheResponse();
    assertThatThrownBy(() -> shop.capture(payment, "EUR 10.00", true)).isInstanceOf(Crash.class);
    shop.restart().passMinutes(5);
    assertThat(shop.payment(checkout)).isCaptured();

    shop.door.crashesAfterTheResponse();
    assertThatThrownBy(() -> shop.refund(payment, "EUR 4.00")).isInstanceOf(Crash.class);
    shop.restart().passMinutes(5);
    assertThat(shop.payment(checkout)).isPartlyRefunded().hasRefunded(Money.parse("EUR 4.00"));

    assertNoDoubleEffect(shop.payment(checkout));
    assertThat(shop.charge(payment).captures()).hasSize(1);
    assertThat(shop.charge(payment).refunds()).hasSize(1);
  }

  @Test
  void f05_after_the_provider_forgot_the_key_nothing_is_sent_blindly() {
    CheckoutView checkout = shop.start10();
    shop.door.losesTheResponse();
    shop.pay(checkout, TestToken.APPROVE);
    shop.clock.advance(Duration.ofDays(2));

    shop.restart().passMinutes(1);

    assertThat(shop.chargeRequests()).isEqualTo(1);
    assertThat(shop.payment(checkout)).isPaid();
  }

  @Test
  void f08_a_stored_500_is_looked_up_and_ends_in_a_failure_that_a_new_attempt_may_follow() {
    CheckoutView checkout = shop.start10();
    shop.pay(checkout, TestToken.SERVER_ERROR);
    assertThat(shop.payment(checkout)).isInDoubt();

    shop.passMinutes(10);

    assertThat(shop.view(checkout)).isFailed();
    assertThatEvents(shop.events()).containsOnce(PaymentFailed.class);
    assertThat(shop.ledger().charges()).isEmpty();
    assertThat(shop.pay(checkout, TestToken.APPROVE)).isCompleted().hasPayments(2);
  }

  @Test
  void f08_a_500_after_the_charge_was_made_is_looked_up_and_not_sent_again() {
    CheckoutView checkout = shop.start10();
    shop.pay(checkout, TestToken.SERVER_ERROR_AFTER_EFFECT);

    shop.passMinutes(1);

    assertPaidOnce(checkout);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f09_after_a_429_the_same_key_is_sent_again_and_not_before_the_provider_said() {
    CheckoutView checkout = shop.start10();
    HttpHeaders later = HttpHeaders.none().with("retry-after", "30");
    shop.door.answers(429, later, "{\"error\":{\"type\":\"rate_limit\"}}");

    shop.pay(checkout, TestToken.APPROVE);

    Operation waiting = shop.payment(checkout).operations().get(0);
    assertThat(shop.payment(checkout).status(waiting)).isEqualTo(OperationStatus.NO_EFFECT);
    assertThat(waiting.nextSendAt()).contains(Instant.parse("2026-03-01T12:00:30Z"));
    shop.pass(Duration.ofSeconds(29), 29);
    assertThat(shop.chargeRequests()).isZero();
    shop.pass(Duration.ofSeconds(1), 1);
    assertPaidOnce(checkout);
    assertThat(shop.ledger().chargesByKey(waiting.key())).hasSize(1);
  }

  @Test
  void f09_a_provider_that_limits_the_rate_once_is_paid_once() {
    CheckoutView checkout = shop.start10();
    shop.pay(checkout, TestToken.RATE_LIMITED_ONCE);

    shop.passMinutes(1);

    assertThat(shop.chargeRequests()).isEqualTo(2);
    assertThat(shop.view(checkout)).isCompleted().hasPayments(1);
    assertThat(shop.payment(checkout)).isCaptured().isPaid();
    assertThat(shop.charge(shop.payment(checkout)).captures()).hasSize(1);
    assertThatEvents(shop.events()).containsOnce(CheckoutCompleted.class).haveDistinctIds();
    assertNoDoubleEffect(shop.payment(checkout));
  }

  @Test
  void a_provider_that_can_not_be_reached_is_tried_while_the_customer_waits_and_then_it_failed() {
    CheckoutView checkout = shop.start10();
    shop.door.down(true);
    shop.pay(checkout, TestToken.APPROVE);
    assertThat(shop.view(checkout)).isPending();

    shop.passMinutes(10);

    assertThat(shop.view(checkout)).isFailed();
    assertThat(shop.ledger().requests()).isZero();
    shop.door.down(false);
    shop.passMinutes(10);
    assertThat(shop.ledger().charges()).as("a charge that was given up").isEmpty();
    assertThat(shop.pay(checkout, TestToken.APPROVE)).isCompleted();
  }

  @Test
  void f22_without_any_webhook_polling_finds_what_became_of_a_pending_charge() {
    CheckoutView good = shop.pay(shop.start10(), TestToken.PENDING);
    CheckoutView bad = shop.pay(shop.start10(), TestToken.PENDING_FAILS);
    assertThat(good).isPending();

    shop.passMinutes(10);

    assertThat(shop.view(good)).isCompleted();
    assertThat(shop.view(bad)).isFailed();
    assertThat(shop.store.inboxItem(Shop.MAIN, "evt_1")).isEmpty();
  }

  @Test
  void f22_without_any_webhook_polling_finds_what_became_of_a_pending_refund() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.REFUND_PENDING);
    Payment asked = shop.refund(shop.payment(checkout), "EUR 3.00");
    assertThat(asked).isCaptured().hasRefundable(Money.parse("EUR 7.00"));

    shop.passMinutes(10);

    assertThat(shop.payment(checkout)).isPartlyRefunded();
  }

  @Test
  void f28_a_node_that_was_paused_before_it_sent_does_not_send_what_another_has_sent_since() {
    CheckoutView checkout = shop.start10();
    Meanwhile meanwhile = new Meanwhile();
    shop.with(store -> meanwhile.after(commit -> !commit.payments().isEmpty(), store));
    try (Gatehouse other = shop.another()) {
      meanwhile.doOnce(() -> workFor5Minutes(other));

      shop.pay(checkout, TestToken.APPROVE);
    }

    assertPaidOnce(checkout);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  @Test
  void f28_what_a_paused_node_sends_late_all_the_same_has_no_second_effect() {
    CheckoutView checkout = shop.start10();
    try (Gatehouse other = shop.another()) {
      shop.door.next(
          (request, through) -> {
            workFor5Minutes(other);
            return through.go();
          });

      shop.pay(checkout, TestToken.APPROVE);
    }

    assertThat(shop.chargeRequests()).isEqualTo(2);
    assertThat(shop.view(checkout)).isCompleted().hasPayments(1);
    assertThat(shop.payment(checkout)).isCaptured().isPaid().isSound();
    assertThat(shop.charge(shop.payment(checkout)).captures()).hasSize(1);
    assertThatEvents(shop.events()).containsOnce(CheckoutCompleted.class).haveDistinctIds();
    assertNoDoubleEffect(shop.payment(checkout));
  }

  private void workFor5Minutes(Gatehouse other) {
    for (int i = 0; i < 30; i++) {
      shop.clock.advance(Duration.ofSeconds(10));
      while (other.runDueWork() > 0) {}
    }
  }

  @Test
  void f29_when_the_clock_jumps_an_hour_back_no_timer_is_lost() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.PENDING);
    shop.clock.advance(Duration.ofHours(-1));
    shop.work();

    shop.pass(Duration.ofHours(2), 240);

    assertThat(shop.view(checkout)).isCompleted();
  }

  @Test
  void f29_when_the_clock_jumps_an_hour_on_no_timer_is_lost() {
    CheckoutView checkout = shop.pay(shop.start10(), TestToken.PENDING);
    shop.clock.advance(Duration.ofHours(1));

    shop.work();

    assertThat(shop.view(checkout)).isCompleted();
  }

  @Test
  void f29_a_clock_that_jumps_while_an_outcome_is_in_doubt_neither_loses_nor_repeats_the_charge() {
    for (Duration jump : new Duration[] {Duration.ofHours(-1), Duration.ofHours(1)}) {
      CheckoutView checkout = shop.start10();
      shop.door.losesTheResponse();
      shop.pay(checkout, TestToken.APPROVE);
      shop.clock.advance(jump);

      shop.pass(Duration.ofHours(2), 240);

      assertThat(shop.view(checkout)).isCompleted();
      assertThat(shop.charge(shop.payment(checkout)).captures()).hasSize(1);
    }
  }

  @Test
  void asking_twice_under_one_key_while_in_doubt_sends_nothing_more() {
    CheckoutView checkout = shop.start10();
    Pay pay = shop.sale(checkout, TestToken.APPROVE);
    shop.door.losesTheResponse();
    shop.house().pay(pay);

    CheckoutView again = shop.house().pay(pay);

    assertThat(again).isPending().hasPayments(1);
    assertThat(shop.chargeRequests()).isEqualTo(1);
  }

  private void assertPaidOnce(CheckoutView checkout) {
    assertThat(shop.view(checkout)).withTimeline(shop.events()).isCompleted().hasPayments(1);
    Payment payment = shop.payment(checkout);
    assertThat(payment).isCaptured().isPaid().isSound();
    assertThat(shop.charge(payment).captures()).hasSize(1);
    assertThatEvents(shop.events())
        .containsOnce(CheckoutCompleted.class)
        .containsOnce(PaymentCaptured.class)
        .containsNo(PaymentFailed.class)
        .haveDistinctIds();
    assertNoDoubleEffect(payment);
  }

  private void assertNoDoubleEffect(Payment payment) {
    for (Operation operation : payment.operations()) {
      assertThat(shop.ledger().effectsOf(operation.key())).as(operation.key()).isEqualTo(1);
    }
  }
}
