package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.refund;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.started;
import static dev.gatehouse.payment.PaymentExample.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentTest {
  private static final Authorization HELD = Authorization.of(TEN);
  private static final PaymentFacts SOLD = capture("ca_1", MovementStep.DONE, "10.00");

  @Test
  void before_anything_is_seen_the_sends_decide() {
    assertState(started(), PaymentState.IN_DOUBT);
    assertState(started().observing(sent(CHARGE, 1, SendStep.HAD_EFFECT)), PaymentState.PENDING);
    Payment none = started().observing(sent(CHARGE, 1, SendStep.HAD_NONE));
    assertState(none, PaymentState.PENDING);
    assertState(none.with(none.operations().get(0).close()), PaymentState.FAILED);
    assertState(PaymentExample.without(OperationKind.CHARGE), PaymentState.PENDING);
    assertState(PaymentExample.foreign(), PaymentState.PENDING);
  }

  @Test
  void then_its_attempts_decide() {
    assertState(started().observing(attempt("ch_1", AttemptStep.STARTED)), PaymentState.PENDING);
    assertState(started().observing(attempt("ch_1", AttemptStep.APPROVED)), PaymentState.PENDING);
    assertState(started().observing(attempt("ch_1", AttemptStep.SUCCEEDED)), PaymentState.PENDING);
    Payment waits = started().observing(attempt("ch_1", AttemptStep.ACTION_NEEDED));
    assertState(waits, PaymentState.ACTION_REQUIRED);
    assertState(waits.observing(attempt("ch_2", AttemptStep.PROCESSING)), PaymentState.PENDING);
    assertState(waits.observing(attempt("ch_2", AttemptStep.FAILED)), PaymentState.ACTION_REQUIRED);
    assertState(started().observing(attempt("ch_1", AttemptStep.FAILED)), PaymentState.FAILED);
  }

  @Test
  void an_attempt_whose_place_another_took_decides_nothing() {
    Attempt asked = Attempt.at(AttemptStep.ACTION_NEEDED).causedBy(CHARGE);
    PaymentFacts asks = Snapshot.builder().attempt("pi_1", asked).build().facts();
    PaymentFacts gone =
        Snapshot.builder().attempt("pi_1", asked.supersededBy("ch_1")).build().facts();
    PaymentFacts declined =
        Snapshot.builder()
            .attempt(
                "ch_1", Attempt.declined(Decline.of(DeclineCode.DO_NOT_HONOR)).causedBy(CHARGE))
            .build()
            .facts();
    Operation charge = started().operation(CHARGE).orElseThrow();

    assertState(started().observing(asks), PaymentState.ACTION_REQUIRED);
    assertState(started().observing(asks).observing(gone), PaymentState.PENDING);
    Payment failed = started().observing(gone).observing(declined).observing(asks);
    assertState(failed, PaymentState.FAILED);
    assertThat(failed.status(charge)).isEqualTo(OperationStatus.FAILED);
    assertThat(PaymentEvents.of(failed, NOW).keySet()).containsExactly("failed:ch_1");
    assertThat(Conflict.in(failed.facts())).isEmpty();
  }

  @Test
  void holds_decide_before_attempts() {
    Payment failed = started().observing(attempt("ch_1", AttemptStep.FAILED));

    assertState(failed.observing(hold("au_1", HELD)), PaymentState.AUTHORIZED);
    assertState(ended(failed, AuthorizationEnd.VOIDED), PaymentState.VOIDED);
    assertState(ended(failed, AuthorizationEnd.EXPIRED), PaymentState.EXPIRED);
    assertState(ended(failed, AuthorizationEnd.EXHAUSTED), PaymentState.PENDING);
    assertState(failed.observing(hold("au_1", HELD.supersededBy("au_2"))), PaymentState.PENDING);
    assertState(
        ended(failed, AuthorizationEnd.EXPIRED).observing(hold("au_2", HELD)),
        PaymentState.AUTHORIZED);
    assertState(
        ended(failed, AuthorizationEnd.EXPIRED)
            .observing(hold("au_2", HELD.ended(AuthorizationEnd.VOIDED))),
        PaymentState.VOIDED);
  }

  @Test
  void money_decides_before_all_else() {
    Payment held = started().observing(hold("au_1", HELD));

    assertState(
        held.observing(capture("ca_1", MovementStep.DONE, "4.00")), PaymentState.PARTLY_CAPTURED);
    assertState(held.observing(SOLD), PaymentState.CAPTURED);
    Payment sold = started().observing(SOLD);
    assertState(sold, PaymentState.CAPTURED);
    assertState(
        sold.observing(refund("re_1", MovementStep.DONE, "9.99")), PaymentState.PARTLY_REFUNDED);
    assertState(sold.observing(refund("re_1", MovementStep.DONE, "10.00")), PaymentState.REFUNDED);
    assertState(sold.observing(refund("re_1", MovementStep.OPEN, "10.00")), PaymentState.CAPTURED);
    assertState(
        started().observing(capture("ca_1", MovementStep.UNDONE, "10.00")), PaymentState.REVERSED);
    assertState(
        sold.observing(capture("ca_2", MovementStep.UNDONE, "10.00"))
            .observing(refund("re_1", MovementStep.DONE, "10.00")),
        PaymentState.REFUNDED);
  }

  @Test
  void it_is_paid_only_on_positive_evidence_of_everything() {
    Payment sold = started().observing(SOLD);

    assertThat(sold.isPaid()).as("nobody vouches for it").isFalse();
    assertThat(sold.observing(vouched()).isPaid()).isTrue();
    assertThat(sold.observing(Snapshot.builder().reference("pay_1").build().facts()).isPaid())
        .as("live or test is not known")
        .isFalse();
    assertThat(sold.observing(Snapshot.builder().mode(Mode.TEST).build().facts()).isPaid())
        .as("our reference was not seen")
        .isFalse();
    assertThat(
            sold.observing(vouched())
                .observing(Snapshot.builder().reference("pay_2").build().facts())
                .isPaid())
        .as("two references")
        .isFalse();
    assertThat(PaymentExample.foreign().observing(vouched().join(SOLD)).isPaid())
        .as("nothing was asked for")
        .isFalse();
  }

  @Test
  void it_stays_paid_when_the_money_goes_back() {
    Payment paid = started().observing(vouched().join(SOLD));

    assertThat(paid.observing(refund("re_1", MovementStep.DONE, "10.00")).isPaid()).isTrue();
    assertThat(paid.observing(capture("ca_1", MovementStep.UNDONE, "10.00")).isPaid()).isTrue();
  }

  @Test
  void a_part_is_not_paid_unless_the_capture_was_called_final_or_the_hold_is_over() {
    Movement part =
        Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
            .with(eur("4.00"))
            .outOf("au_1")
            .causedBy("ca");
    Operation notFinal = operation(OperationKind.CAPTURE, "ca", "au_1", eur("4.00"));
    Operation last = Operation.first("ca", Intent.capture("cmd", eur("4.00"), "au_1", true), NOW);
    Payment held = started().observing(vouched()).observing(hold("au_1", HELD));
    Payment captured = held.observing(PaymentExample.movement("ca_1", part));

    assertThat(captured.isPaid()).isFalse();
    assertThat(captured.with(notFinal).isPaid()).isFalse();
    assertThat(captured.with(last).isPaid()).isTrue();
    assertThat(held.with(last).isPaid()).as("not captured yet").isFalse();
    assertThat(captured.observing(hold("au_1", HELD.ended(AuthorizationEnd.VOIDED))).isPaid())
        .isTrue();
    Payment over = captured.observing(hold("au_1", HELD.ended(AuthorizationEnd.EXHAUSTED)));
    assertThat(over.awaitsRest()).isFalse();
    assertThat(over.observing(hold("au_2", HELD)).awaitsRest()).as("another lives").isTrue();
    assertThat(captured.with(last).awaitsRest()).as("it was called final").isFalse();
    assertThat(captured.observing(hold("au_1", HELD.supersededBy("au_2"))).isPaid()).isFalse();
    assertThat(captured.observing(hold("au_2", HELD.ended(AuthorizationEnd.VOIDED))).isPaid())
        .as("another hold")
        .isFalse();
    assertThat(held.observing(hold("au_1", HELD.ended(AuthorizationEnd.VOIDED))).isPaid())
        .as("nothing was taken")
        .isFalse();
  }

  @Test
  void every_difference_to_what_we_asked_for_is_named() {
    assertThat(started().observing(vouched().join(SOLD)).mismatches()).isEmpty();
    assertMismatch(Snapshot.builder().mode(Mode.LIVE).build().facts(), Mismatch.MODE);
    assertMismatch(Snapshot.builder().reference("pay_2").build().facts(), Mismatch.REFERENCE);
    assertMismatch(
        Snapshot.builder().currency(CurrencyUnit.USD).build().facts(), Mismatch.CURRENCY);
    assertMismatch(
        attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED).with(eur("10.01"))), Mismatch.AMOUNT);
    Money dollars = Money.parse("USD 1.00");
    assertMismatch(
        PaymentExample.movement(
            "m", Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(dollars)),
        Mismatch.CURRENCY);
    assertThat(
            started()
                .observing(attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED).with(dollars)))
                .mismatches())
        .containsExactlyInAnyOrder(Mismatch.CURRENCY, Mismatch.AMOUNT);
  }

  @Test
  void an_attempt_that_took_nothing_may_have_been_for_any_amount() {
    PaymentFacts declined = attempt("ch_0", Attempt.at(AttemptStep.FAILED).with(eur("9.00")));
    assertThat(started().observing(declined).mismatches()).isEmpty();
    assertThat(started().observing(declined).observing(vouched().join(SOLD)).isPaid()).isTrue();
  }

  @Test
  void nothing_but_the_mode_of_a_payment_that_we_did_not_start_can_be_wrong() {
    Payment foreign = PaymentExample.foreign();
    PaymentFacts odd = Snapshot.builder().reference("x").currency(CurrencyUnit.USD).build().facts();

    assertThat(foreign.observing(odd).mismatches()).isEmpty();
    assertThat(foreign.observing(Snapshot.builder().mode(Mode.LIVE).build().facts()).mismatches())
        .containsExactly(Mismatch.MODE);
  }

  @Test
  void the_currency_is_the_one_asked_for_or_else_the_one_seen() {
    Payment foreign = PaymentExample.foreign();

    assertThat(started().currency()).contains(CurrencyUnit.EUR);
    assertThat(foreign.currency()).isEmpty();
    assertThat(foreign.totals()).isEmpty();
    Payment seen = foreign.observing(Snapshot.builder().currency(CurrencyUnit.USD).build().facts());
    assertThat(seen.currency()).contains(CurrencyUnit.USD);
    assertThat(seen.totals()).isPresent();
    assertThat(started().observing(SOLD).totals().orElseThrow().captured()).isEqualTo(TEN);
  }

  @Test
  void the_action_is_the_one_fetched_or_else_the_one_asked_last() {
    CustomerAction asked = CustomerAction.Redirect.to(URI.create("https://bank.example/1"));
    CustomerAction fetched = CustomerAction.Redirect.to(URI.create("https://bank.example/2"));
    Payment waits =
        started()
            .with(started().operations().get(0).asking(asked))
            .observing(attempt("ch_1", AttemptStep.ACTION_NEEDED));

    assertThat(waits.action()).contains(asked);
    PaymentFacts newer =
        attempt("ch_1", Attempt.at(AttemptStep.ACTION_NEEDED).with(fetched)).stamped(1);
    assertThat(waits.observing(newer).action()).contains(fetched);
    assertThat(waits.observing(attempt("ch_1", AttemptStep.PROCESSING)).action()).isEmpty();
  }

  @Test
  void the_decline_is_that_of_the_last_failed_attempt() {
    Payment payment =
        started()
            .observing(attempt("ch_1", Attempt.declined(Decline.of(DeclineCode.EXPIRED_CARD))))
            .observing(attempt("ch_2", Attempt.declined(Decline.of(DeclineCode.LOST_CARD))));

    assertThat(payment.decline()).contains(Decline.of(DeclineCode.LOST_CARD));
    assertThat(started().decline()).isEmpty();
    Attempt vague = Attempt.at(AttemptStep.STARTED).with(Decline.of(DeclineCode.LOST_CARD));
    assertThat(started().observing(attempt("ch_1", vague)).decline()).isEmpty();
    Attempt silent = Attempt.at(AttemptStep.FAILED);
    assertThat(started().observing(attempt("ch_1", silent)).decline())
        .as("the provider did not say why")
        .contains(Decline.of(DeclineCode.GENERIC_DECLINE));
  }

  @Test
  void why_a_charge_was_never_made_is_in_the_words_of_its_failure() {
    Failure refused = Failure.of(ErrorCategory.VALIDATION, "unknown_token", "No such token.");
    Payment none = started().observing(sent(CHARGE, 1, SendStep.HAD_NONE));
    Operation charge = none.operations().get(0).failedWith(refused);

    assertThat(none.with(charge).decline()).as("it may be sent again").isEmpty();
    assertThat(none.with(charge).failure()).contains(refused);
    Payment given = none.with(charge.close());
    assertThat(given.state()).isEqualTo(PaymentState.FAILED);
    assertThat(given.decline())
        .contains(
            new Decline(
                DeclineCode.PROCESSING_ERROR,
                DeclineAdvice.NONE,
                "unknown_token",
                "No such token."));
    assertThat(none.with(none.operations().get(0).close()).decline())
        .as("nothing was said of why")
        .contains(Decline.of(DeclineCode.PROCESSING_ERROR));
    assertThat(started().with(charge.close()).decline()).as("in doubt").isEmpty();
  }

  @Test
  void a_failure_is_no_trouble_any_more_once_the_call_did_what_was_asked() {
    Failure lost = Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "http.timeout", "no answer");
    Payment doubted = started();
    doubted = doubted.with(doubted.operations().get(0).failedWith(lost));

    assertThat(doubted.failure()).contains(lost);
    Attempt found = Attempt.at(AttemptStep.SUCCEEDED).causedBy(CHARGE);
    assertThat(doubted.observing(attempt("ch_1", found)).failure()).isEmpty();
    assertThat(started().failure()).isEmpty();
  }

  /** What the SPI promises to gateways of every key, whatever the caller's own may be. */
  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void keys_are_of_few_characters_and_not_long(OperationKind kind) {
    Payment sale = PaymentExample.sale();
    Payment payment =
        new Payment(
            new PaymentId("A._-z9".repeat(10) + "1234"),
            sale.version(),
            sale.gateway(),
            sale.mode(),
            sale.checkout(),
            sale.customer(),
            sale.terms(),
            sale.facts(),
            sale.operations(),
            new TreeSet<>(),
            List.of(),
            NOW,
            Optional.empty(),
            0);
    Intent intent =
        new Intent(kind, "caller's: own", Optional.of(TEN), "ca:1/2", false, Optional.empty());
    for (int i = 0; i < 3; i++) {
      payment = payment.beginning(intent, NOW);
    }
    assertThat(payment.operations())
        .extracting(Operation::key)
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[A-Za-z0-9._-]{1,100}"));
  }

  @Test
  void operations_are_found_by_key_and_by_the_command_that_led_to_them() {
    Operation first = operation(OperationKind.REFUND, "re-1", "ca_1", TEN);
    Operation second = operation(OperationKind.REFUND, "re-2", "ca_1", TEN);
    Payment payment = started().with(first).with(second);

    assertThat(payment.operations())
        .extracting(Operation::key)
        .containsExactly(CHARGE, "re-1", "re-2");
    assertThat(payment.operation("re-2")).contains(second);
    assertThat(payment.operation("re-3")).isEmpty();
    assertThat(payment.operationsOf(OperationKind.REFUND, "cmd-re-1")).containsExactly(first);
    assertThat(payment.operationsOf(OperationKind.CAPTURE, "cmd-re-1")).isEmpty();
    Payment replaced = payment.with(first.close());
    assertThat(replaced.operations())
        .containsExactly(started().operations().get(0), first.close(), second);
  }

  @Test
  void a_payment_that_we_did_not_start_is_in_the_currency_of_what_was_seen_of_it() {
    Payment foreign = PaymentExample.foreign();
    Payment held = foreign.observing(hold("au_1", HELD));
    Payment tried = foreign.observing(attempt("ch_1", AttemptStep.SUCCEEDED));

    assertThat(foreign.currency()).isEmpty();
    assertThat(held.currency()).contains(CurrencyUnit.EUR);
    assertThat(tried.currency()).contains(CurrencyUnit.EUR);
    assertThat(foreign.observing(SOLD).currency()).contains(CurrencyUnit.EUR);
    assertState(foreign.observing(SOLD), PaymentState.CAPTURED);
  }

  @Test
  void what_went_back_in_the_currency_of_an_account_does_not_change_that_of_the_payment() {
    Money dollars = Money.parse("USD 1.00");
    Payment sold = PaymentExample.foreign().observing(SOLD);
    for (MovementKind kind : List.of(MovementKind.REFUND, MovementKind.DISPUTE_WITHDRAWAL)) {
      Movement back = Movement.of(kind, MovementStep.DONE).with(dollars);

      assertThat(sold.observing(movement("wd", back)).currency()).contains(CurrencyUnit.EUR);
    }
  }

  @Test
  void no_currency_is_guessed_where_what_was_seen_does_not_agree() {
    Money dollars = Money.parse("USD 1.00");
    PaymentFacts other =
        movement("ca_2", Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(dollars));
    PaymentFacts contradicted =
        Snapshot.builder().currency(CurrencyUnit.EUR).currency(CurrencyUnit.USD).build().facts();
    Payment sold = PaymentExample.foreign().observing(SOLD);

    assertThat(sold.observing(other).currency()).isEmpty();
    assertThat(sold.observing(contradicted).currency()).isEmpty();
    assertThat(sold.observing(other).observing(vouched()).currency()).contains(CurrencyUnit.EUR);
  }

  @Test
  void each_change_changes_one_thing() {
    Payment payment = started();
    Note note = new Note(NOW, "olga", "refund", "asked for it");

    assertThat(payment.raising(Set.of("b", "a")).raising(Set.of("c")).raised())
        .containsExactly("a", "b", "c");
    assertThat(payment.raising(Set.of("captured:A", "captured:a")).raised()).hasSize(2);
    assertThat(payment.noting(note).noting(note).notes()).containsExactly(note, note);
    assertThat(payment.wakingAt(Optional.of(NOW)).wakeAt()).contains(NOW);
    assertThat(payment.wakingAt(Optional.of(NOW)).wakingAt(Optional.empty())).isEqualTo(payment);
    assertThat(payment.afterQuietPolls(4).quietPolls()).isEqualTo(4);
    assertThat(payment.afterQuietPolls(4).afterQuietPolls(0)).isEqualTo(payment);
    assertThat(payment.atVersion(9).version()).isEqualTo(9);
    assertThat(payment.atVersion(9).atVersion(3)).isEqualTo(payment);
    assertThat(payment.status(payment.operations().get(0))).isEqualTo(OperationStatus.IN_DOUBT);
  }

  @Test
  void an_operation_is_sent_again_put_off_closed_and_left_to_a_person() {
    Operation first = operation(OperationKind.REFUND, "re", "ca_1", TEN);
    Failure failure = Failure.of(ErrorCategory.RATE_LIMITED, "429", "slow down");

    assertThat(first.sends()).isEqualTo(1);
    assertThat(first.sendKey(2)).isEqualTo("re#2");
    assertThat(first.resendAt(NOW).nextSendAt()).contains(NOW);
    Operation failed = first.failedWith(failure).resendAt(NOW);
    assertThat(failed.failure()).contains(failure);
    Operation again = failed.sentAgain(NOW.plusSeconds(5));
    assertThat(again.sends()).isEqualTo(2);
    assertThat(again.lastSentAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(again.createdAt()).isEqualTo(NOW);
    assertThat(again.failure()).isEmpty();
    assertThat(again.nextSendAt()).isEmpty();
    assertThat(failed.close().closed()).isTrue();
    assertThat(failed.close().nextSendAt()).isEmpty();
    assertThat(failed.close().leftToPerson()).isFalse();
    assertThat(failed.leaveToPerson().closed()).isTrue();
    assertThat(failed.leaveToPerson().leftToPerson()).isTrue();
    assertThat(failed.leaveToPerson().failure()).contains(failure);
    CustomerAction action = new CustomerAction.Instructions(List.of("pay"));
    assertThat(first.asking(action).action()).contains(action);
  }

  private static Payment ended(Payment payment, AuthorizationEnd end) {
    return payment.observing(hold("au_1", HELD.ended(end)));
  }

  private static void assertState(Payment payment, PaymentState state) {
    assertThat(payment.state()).isEqualTo(state);
  }

  private static void assertMismatch(PaymentFacts seen, Mismatch mismatch) {
    Payment payment = started().observing(vouched().join(SOLD)).observing(seen);
    assertThat(payment.mismatches()).containsExactly(mismatch);
    assertThat(payment.isPaid()).isFalse();
  }
}
