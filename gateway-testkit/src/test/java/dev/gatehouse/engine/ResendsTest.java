package dev.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of operations that had no effect, or of which nothing was ever shown. */
class ResendsTest {
  private static final PaymentFacts CAPTURED =
      Snapshot.builder()
          .movement(
              "cap_1",
              Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(Money.parse("EUR 10.00")))
          .build()
          .facts();
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final EnginePolicy POLICY = EnginePolicy.defaults();
  private static final String KEY = "pay_1.x.1";
  private static final Money TEN = Money.parse("EUR 10.00");
  private static final Instant LONG_AFTER = START.plus(POLICY.doubtPatience());

  private Recovery recovery = Recovery.none();

  @Test
  void what_the_provider_never_showed_is_left_to_a_person_when_patience_ends() {
    Payment accepted = with(OperationKind.REFUND, "cap_1", SendStep.HAD_EFFECT);

    assertThat(settled(accepted, LONG_AFTER.minusMillis(1)).leftToPerson()).isFalse();
    Operation left = settled(accepted, LONG_AFTER);
    assertThat(left.leftToPerson()).isTrue();
    assertThat(left.failure().orElseThrow().code()).isEqualTo("operation.nowhere");
  }

  @Test
  void a_refund_is_not_sent_again_once_its_money_went_elsewhere() {
    PaymentFacts gone =
        Snapshot.builder()
            .movement(
                "w", Movement.of(MovementKind.DISPUTE_WITHDRAWAL, MovementStep.DONE).with(TEN))
            .build()
            .facts();
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);

    assertThat(settled(payment, START).leftToPerson()).isFalse();
    assertThat(settled(payment.observing(gone), START).leftToPerson()).isTrue();
  }

  @Test
  void what_the_provider_showed_of_another_operation_does_not_count() {
    PaymentFacts others =
        movement("re_9", MovementStep.OPEN, "pay_1.refund.9")
            .join(attempt("ch_9", "pay_1.charge.9"));
    Payment accepted = with(OperationKind.REFUND, "cap_1", SendStep.HAD_EFFECT).observing(others);

    assertThat(settled(accepted, LONG_AFTER).leftToPerson()).isTrue();
  }

  @Test
  void a_movement_of_the_operation_shows_it() {
    Payment shown =
        with(OperationKind.REFUND, "cap_1", SendStep.HAD_EFFECT)
            .observing(movement("re_1", MovementStep.OPEN, KEY));

    assertThat(settled(shown, LONG_AFTER).leftToPerson()).isFalse();
  }

  @Test
  void an_attempt_shows_the_charge_and_if_it_goes_on_what_completes_it() {
    Payment charge =
        with(OperationKind.CHARGE, "", SendStep.HAD_EFFECT).observing(attempt("ch_1", "other"));
    Payment complete =
        with(OperationKind.COMPLETE, "ch_1", SendStep.HAD_EFFECT)
            .observing(attempt("ch_1", "other"));
    Payment elsewhere =
        with(OperationKind.COMPLETE, "ch_1", SendStep.HAD_EFFECT)
            .observing(attempt("ch_2", "other"));

    Payment goingOn =
        complete.observing(
            Snapshot.builder().attempt("ch_1", Attempt.at(AttemptStep.PROCESSING)).build().facts());

    assertThat(settled(charge, LONG_AFTER).leftToPerson()).isFalse();
    assertThat(settled(complete, LONG_AFTER).leftToPerson()).isTrue();
    assertThat(settled(goingOn, LONG_AFTER).leftToPerson()).isFalse();
    assertThat(settled(elsewhere, LONG_AFTER).leftToPerson()).isTrue();
  }

  @Test
  void a_hold_that_is_alive_shows_neither_its_release_nor_a_capture_of_it() {
    PaymentFacts hold =
        Snapshot.builder().authorization("au_1", Authorization.of(TEN)).build().facts();
    Payment release = with(OperationKind.VOID, "au_1", SendStep.HAD_EFFECT).observing(hold);
    Payment capture = with(OperationKind.CAPTURE, "au_1", SendStep.HAD_EFFECT).observing(hold);

    assertThat(settled(release, LONG_AFTER).leftToPerson()).isTrue();
    assertThat(settled(capture, LONG_AFTER).leftToPerson()).isTrue();
  }

  @Test
  void what_is_closed_stays_as_it_is() {
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);
    Payment closed = payment.with(operation(payment).close());

    assertThat(settle(closed, LONG_AFTER)).isEqualTo(closed);
  }

  @Test
  void what_is_in_doubt_is_not_touched() {
    Payment doubted = with(OperationKind.REFUND, "cap_1", SendStep.SENT);

    assertThat(settle(doubted, LONG_AFTER)).isEqualTo(doubted);
  }

  @Test
  void a_resend_waits_as_long_as_the_provider_asks_but_not_longer_than_the_slowest_poll() {
    Duration backoff = POLICY.pollAfter(0);

    assertThat(resendAfter(Optional.empty())).isEqualTo(backoff);
    assertThat(resendAfter(Optional.of(backoff.minusMillis(1)))).isEqualTo(backoff);
    assertThat(resendAfter(Optional.of(backoff.plusMillis(1)))).isEqualTo(backoff.plusMillis(1));
    assertThat(resendAfter(Optional.of(Duration.ofDays(300)))).isEqualTo(POLICY.slowestPoll());
  }

  @Test
  void each_resend_waits_longer_than_the_one_before() {
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);
    Operation again = operation(payment).sentAgain(START);
    Payment twice =
        payment.with(again).observing(PaymentFacts.ofSend(again.sendKey(2), SendStep.HAD_NONE));

    assertThat(settled(twice, START).nextSendAt()).contains(START.plus(POLICY.pollAfter(1)));
    assertThat(POLICY.pollAfter(1)).isGreaterThan(POLICY.pollAfter(0));
  }

  @Test
  void a_resend_goes_out_when_it_is_due_and_not_before() {
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);
    Instant due = START.plusSeconds(60);
    Payment waiting = payment.with(operation(payment).resendAt(due));

    assertThat(settled(waiting, due.minusMillis(1)).sends()).isEqualTo(1);
    assertThat(settled(waiting, due).sends()).isEqualTo(2);
    assertThat(settle(waiting, due).facts().sends().get(KEY + "#2").isAt(SendStep.SAVED)).isTrue();
  }

  @Test
  void nothing_is_sent_again_once_patience_or_the_key_has_ended() {
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);

    assertThat(settled(payment, START.plus(POLICY.operationPatience())).leftToPerson()).isTrue();
    recovery = Recovery.byReplay(Duration.ofHours(6));
    assertThat(settled(payment, START.plus(Duration.ofHours(6))).leftToPerson()).isTrue();
    assertThat(settled(payment, START.plus(Duration.ofHours(6)).minusMillis(1)).leftToPerson())
        .isFalse();
  }

  @Test
  void a_charge_that_is_given_up_is_closed_and_no_persons() {
    Payment payment = with(OperationKind.CHARGE, "", SendStep.HAD_NONE);
    Operation over = settled(payment, START.plus(POLICY.chargePatience()));

    assertThat(over.closed()).isTrue();
    assertThat(over.leftToPerson()).isFalse();
    assertThat(settled(payment, START.plus(POLICY.chargePatience()).minusMillis(1)).closed())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(ErrorCategory.class)
  void only_what_got_lost_or_was_put_off_is_sent_again(ErrorCategory category) {
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);
    Payment failed =
        payment.with(operation(payment).failedWith(Failure.of(category, "some.code", "so it is")));

    boolean again = settled(failed, START).nextSendAt().isPresent();

    assertThat(again)
        .isEqualTo(
            switch (category) {
              case UNKNOWN_OUTCOME -> true;
              default ->
                  category.retry() == ErrorCategory.Retry.SAME_KEY
                      || category.retry() == ErrorCategory.Retry.SAME_KEY_LATER;
            });
  }

  @Test
  void a_refund_of_ours_that_failed_or_was_undone_is_a_persons() {
    Payment ours = with(OperationKind.REFUND, "cap_1", SendStep.HAD_EFFECT, FollowUps.OURS + "x");
    Payment theirs = with(OperationKind.REFUND, "cap_1", SendStep.HAD_EFFECT);
    PaymentFacts failed = movement("re_1", MovementStep.NEVER, KEY);
    PaymentFacts undone = movement("re_1", MovementStep.UNDONE, KEY);
    PaymentFacts done = movement("re_1", MovementStep.DONE, KEY);
    PaymentFacts othersUndone = movement("re_2", MovementStep.UNDONE, "pay_1.refund.9");

    assertThat(settled(ours.observing(failed), START).leftToPerson()).isTrue();
    assertThat(settled(ours.observing(undone), START).leftToPerson()).isTrue();
    assertThat(settled(ours.observing(done), START).leftToPerson()).isFalse();
    assertThat(settled(ours.observing(done.join(othersUndone)), START).leftToPerson()).isFalse();
    assertThat(settled(theirs.observing(failed), START).leftToPerson()).isFalse();
  }

  @Test
  void a_completion_of_ours_that_failed_is_a_declined_payment_and_no_persons() {
    Payment ours = with(OperationKind.COMPLETE, "ch_1", SendStep.HAD_EFFECT, FollowUps.OURS + "x");
    PaymentFacts declined =
        Snapshot.builder().attempt("ch_1", Attempt.at(AttemptStep.FAILED)).build().facts();

    assertThat(settled(ours.observing(declined), START).leftToPerson()).isFalse();
  }

  private Duration resendAfter(Optional<Duration> asked) {
    Payment payment = with(OperationKind.REFUND, "cap_1", SendStep.HAD_NONE);
    Failure failure = new Failure(ErrorCategory.RATE_LIMITED, "slow.down", "slow down", asked);
    Payment failed = payment.with(operation(payment).failedWith(failure));
    return Duration.between(START, settled(failed, START).nextSendAt().orElseThrow());
  }

  private Operation settled(Payment payment, Instant now) {
    return operation(settle(payment, now));
  }

  private Payment settle(Payment payment, Instant now) {
    Case known = new Case(Optional.empty(), List.of(payment), Optional.empty());
    return new Resends(POLICY, new Able(), now).settle(known, payment);
  }

  private final class Able implements Decider.Abilities {
    @Override
    public boolean isConfigured(Payment payment) {
      return true;
    }

    @Override
    public boolean can(Payment payment, Capability capability) {
      return true;
    }

    @Override
    public Recovery recovery(Payment payment, OperationKind kind) {
      return recovery;
    }
  }

  private static Operation operation(Payment payment) {
    return payment.operation(KEY).orElseThrow();
  }

  private static Payment with(OperationKind kind, String target, SendStep step) {
    return with(kind, target, step, "asked-for");
  }

  private static Payment with(OperationKind kind, String target, SendStep step, String command) {
    Operation operation =
        Operation.first(
            KEY,
            new Intent(kind, command, Optional.of(TEN), target, false, Optional.empty()),
            START);
    return new Payment(
            new PaymentId("pay_1"),
            1,
            new GatewayInstanceId("main"),
            Mode.TEST,
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ChargeTerms(
                    TEN,
                    CaptureMode.MANUAL,
                    new PaymentMethod.Stored("card", "pm_1"),
                    false,
                    Initiator.CUSTOMER,
                    Optional.empty(),
                    Optional.empty())),
            PaymentFacts.none(),
            List.of(operation),
            new TreeSet<>(),
            List.of(),
            START,
            Optional.empty(),
            0)
        .observing(PaymentFacts.ofSend(operation.sendKey(1), step))
        .observing(CAPTURED);
  }

  private static PaymentFacts movement(String id, MovementStep step, String operation) {
    Movement movement =
        Movement.of(MovementKind.REFUND, step).with(TEN).outOf("cap_1").causedBy(operation);
    return Snapshot.builder().movement(id, movement).build().facts();
  }

  private static PaymentFacts attempt(String id, String operation) {
    return Snapshot.builder()
        .attempt(id, Attempt.at(AttemptStep.STARTED).with(TEN).causedBy(operation))
        .build()
        .facts();
  }
}
