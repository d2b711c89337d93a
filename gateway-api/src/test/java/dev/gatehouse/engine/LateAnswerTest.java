package dev.gatehouse.engine;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.sale;
import static dev.gatehouse.payment.PaymentExample.sent;
import static dev.gatehouse.payment.PaymentExample.startedSale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.OperationStatus;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.store.Case;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A first send was found to have had no effect and was made again; then the first one's answer
 * comes all the same.
 */
class LateAnswerTest {
  private static final String FIRST = CHARGE + "#1";

  @Test
  void it_may_show_the_effect_of_the_send_after_it_which_has_the_same_key() {
    Payment payment =
        answered(answered(sentTwice(startedSale(), CHARGE), 2, taken("ch_1")), 1, taken("ch_1"));

    assertThat(Conflict.in(payment.facts())).isEmpty();
    assertThat(payment.facts().sends().get(FIRST).isAt(SendStep.HAD_NONE)).isTrue();
    assertThat(payment.status(payment.operations().get(0))).isEqualTo(OperationStatus.SUCCEEDED);
  }

  @Test
  void if_it_shows_an_effect_of_its_own_that_is_a_conflict() {
    Payment one = answered(sentTwice(startedSale(), CHARGE), 2, taken("ch_1"));

    assertConflict(answered(one, 1, taken("ch_2")));
    assertConflict(answered(one, 1, both(taken("ch_1"), taken("ch_2"))));
    assertConflict(answered(one, 1, both(taken("ch_1"), captured("ca_2"))));
  }

  /** A look may show the second charge before the late answer does. */
  @Test
  void if_two_effects_are_known_by_then_that_is_a_conflict_whichever_it_shows() {
    Payment two =
        answered(sentTwice(startedSale(), CHARGE), 2, taken("ch_1"))
            .observing(taken("ch_2").facts());

    assertConflict(answered(two, 1, taken("ch_1")));
    assertConflict(answered(two, 1, taken("ch_2")));
    assertConflict(answered(two, 1, both(taken("ch_1"), taken("ch_2"))));
  }

  @Test
  void if_no_later_send_had_an_effect_that_is_a_conflict() {
    Payment unheard = sentTwice(startedSale(), CHARGE);
    Payment shown = unheard.observing(taken("ch_1").facts());
    Payment refused = shown.observing(sent(CHARGE, 2, SendStep.HAD_NONE));

    assertConflict(answered(unheard, 1, taken("ch_1")));
    assertConflict(answered(shown, 1, taken("ch_1")));
    assertConflict(answered(refused, 1, taken("ch_1")));
  }

  @Test
  void an_answer_that_shows_nothing_proves_nothing() {
    Payment one = answered(sentTwice(startedSale(), CHARGE), 2, taken("ch_1"));

    assertConflict(answered(one, 1, Snapshot.empty()));
  }

  /** After a send that was given up, the money was free again. */
  @Test
  void an_operation_that_was_not_sent_again_had_no_effect_or_that_is_a_conflict() {
    Payment none =
        startedSale()
            .observing(sent(CHARGE, 1, SendStep.HAD_NONE))
            .observing(taken("ch_1").facts());

    assertConflict(answered(none, 1, taken("ch_1")));
  }

  @ParameterizedTest
  @EnumSource(OperationKind.class)
  void it_holds_for_every_kind_of_operation(OperationKind kind) {
    String key = "op";
    Payment twice = sentTwice(sale().with(operation(kind, key, target(kind), TEN)), key);
    Snapshot effect = effect(kind, key, "1");

    Payment seen = answered(answered(twice, 2, effect), 1, effect);
    assertThat(Conflict.in(seen.facts())).isEmpty();
    if (kind != OperationKind.VOID && kind != OperationKind.REMOVE) {
      Payment other = answered(answered(twice, 2, effect), 1, effect(kind, key, "2"));
      assertThat(Conflict.in(other.facts())).extracting(Conflict::fact).contains("sends[op#1]");
    }
  }

  @Test
  void a_release_of_another_hold_is_no_release_of_this_one() {
    Payment twice = sentTwice(sale().with(operation(OperationKind.VOID, "op", "au_1", TEN)), "op");
    Snapshot other =
        Snapshot.builder()
            .authorization("au_2", Authorization.over(AuthorizationEnd.VOIDED))
            .build();
    Payment released = answered(twice, 2, effect(OperationKind.VOID, "op", "1"));

    Payment seen = answered(released.observing(other.facts()), 1, other);
    assertThat(Conflict.in(seen.facts())).extracting(Conflict::fact).contains("sends[op#1]");
  }

  private static String target(OperationKind kind) {
    return switch (kind) {
      case CHARGE, SET_UP -> "";
      case COMPLETE -> "ch_1";
      case CAPTURE, VOID -> "au_1";
      case REFUND -> "ca_1";
      case REMOVE -> "pm_1";
    };
  }

  private static Snapshot effect(OperationKind kind, String key, String number) {
    return switch (kind) {
      case CHARGE, SET_UP -> attempt("ch_" + number, key);
      case COMPLETE -> captured("ca_" + number);
      case CAPTURE -> moved("ca_" + number, MovementKind.CAPTURE, key);
      case REFUND -> moved("re_" + number, MovementKind.REFUND, key);
      case VOID ->
          Snapshot.builder()
              .authorization("au_1", Authorization.over(AuthorizationEnd.VOIDED))
              .build();
      case REMOVE -> Snapshot.builder().credential("pm_1", Credential.removed()).build();
    };
  }

  private static Snapshot moved(String id, MovementKind kind, String key) {
    return Snapshot.builder()
        .movement(id, Movement.of(kind, MovementStep.DONE).with(TEN).causedBy(key))
        .build();
  }

  /** What an answer to the charge shows that took the money. */
  private static Snapshot taken(String id) {
    return attempt(id, CHARGE);
  }

  private static Snapshot attempt(String id, String key) {
    return Snapshot.builder()
        .attempt(id, Attempt.at(AttemptStep.SUCCEEDED).with(TEN).causedBy(key))
        .build();
  }

  private static Snapshot captured(String id) {
    return Snapshot.builder()
        .movement(id, Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(TEN))
        .build();
  }

  private static Snapshot both(Snapshot one, Snapshot other) {
    return new Snapshot(one.facts().join(other.facts()), one.complete());
  }

  /** A look showed that the first send had no effect, so it was sent again. */
  private static Payment sentTwice(Payment payment, String key) {
    Operation again = payment.operation(key).orElseThrow().sentAgain(NOW);
    return payment
        .with(again)
        .observing(sent(key, 1, SendStep.HAD_NONE))
        .observing(sent(key, 2, SendStep.SAVED));
  }

  private static Payment answered(Payment payment, int number, Snapshot shown) {
    Operation operation = payment.operations().get(0);
    Case known = new Case(Optional.empty(), List.of(payment), Optional.empty());
    Send send = new Send(payment.id(), operation.key(), number, known);
    return Answers.apply(payment, send, new Outcome.Succeeded(shown), NOW);
  }

  private static void assertConflict(Payment payment) {
    assertThat(Conflict.in(payment.facts()))
        .contains(new Conflict("sends[" + FIRST + "]", List.of("HAD_EFFECT", "HAD_NONE")));
    assertThat(payment.concerns()).contains(Concern.CONFLICT);
  }
}
