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
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.OperationKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Movement REFUNDED = Movement.of(MovementKind.REFUND, MovementStep.DONE);
  private static final Movement CAPTURED = Movement.of(MovementKind.CAPTURE, MovementStep.DONE);
  private final Operation refund = operation(OperationKind.REFUND, "re", "ca_1", eur("6.00"));
  private final Operation charge = started().operations().get(0);
  private final Operation complete =
      Operation.first("co", Intent.complete("cmd-co", "ch_1"), NOW).reported(Optional.of("slip"));

  @Test
  void what_the_provider_does_not_say_of_a_movement_of_ours_is_as_we_asked() {
    Payment payment = started().with(refund);
    Movement asked = REFUNDED.causedBy("re").with(eur("6.00")).outOf("ca_1");

    assertThat(read(payment, REFUNDED.causedBy("re"))).isEqualTo(asked);
    assertThat(read(payment, REFUNDED.causedBy("re").with(eur("6.00")))).isEqualTo(asked);
    assertThat(read(payment, REFUNDED.causedBy("re").outOf("ca_1"))).isEqualTo(asked);
  }

  @Test
  void what_the_provider_says_of_it_stands() {
    Payment payment = started().with(refund);
    Movement otherCapture = REFUNDED.causedBy("re").outOf("ca_2");
    Movement otherAmount = REFUNDED.causedBy("re").with(eur("5.00"));

    assertThat(read(payment, otherCapture)).isEqualTo(otherCapture.with(eur("6.00")));
    assertThat(read(payment, otherAmount)).isEqualTo(otherAmount.outOf("ca_1"));
  }

  @Test
  void nothing_is_made_up_about_what_no_operation_of_ours_caused() {
    Payment payment = started().with(refund);
    Movement another = REFUNDED.causedBy("another");

    assertThat(read(payment, REFUNDED)).isEqualTo(REFUNDED);
    assertThat(read(payment, another)).isEqualTo(another);
  }

  @Test
  void a_charge_has_no_target_for_its_capture_to_come_out_of() {
    Movement capture = CAPTURED.causedBy(CHARGE);

    assertThat(read(started(), capture)).isEqualTo(capture.with(TEN));
  }

  @Test
  void what_was_asked_for_without_an_amount_has_none_to_give() {
    Payment payment = started().with(complete.reported(Optional.empty()));

    assertThat(read(payment, CAPTURED.causedBy("co").outOf("au_1")).amount().isUnknown()).isTrue();
  }

  @Test
  void a_refund_that_a_person_reported_gives_way_to_the_same_one_as_the_provider_shows_it() {
    Payment reported = started().reporting(refund, Optional.of("slip"), refunded("slip", "re"));

    assertThat(reported.ledger().movements()).containsOnlyKeys("slip");
    assertThat(reported.observing(refunded("re_1", "re")).ledger().movements())
        .containsOnlyKeys("re_1");
    assertThat(reported.observing(refunded("re_1", "another")).ledger().movements())
        .as("another refund")
        .containsOnlyKeys("re_1", "slip");
    assertThat(reported.observing(movement("ca_9", CAPTURED.with(TEN))).ledger().movements())
        .as("a capture that nobody explains is no refund")
        .containsOnlyKeys("ca_9", "slip");
    assertThat(reported.observing(total("6.00")).ledger().movements())
        .as("a total of what was captured is no refund")
        .containsOnlyKeys("slip");
  }

  @Test
  void money_that_a_person_reported_of_a_charge_gives_way_to_whatever_shows_that_charge() {
    Payment reported =
        PaymentExample.sale()
            .reporting(
                charge, Optional.of("slip"), movement("slip", CAPTURED.with(TEN).ofCharge("slip")));

    assertThat(reported.ledger().movements()).containsOnlyKeys("slip");
    assertThat(reported.observing(captured("ca_1")).ledger().movements())
        .as("its capture")
        .containsOnlyKeys("ca_1");
    assertThat(reported.observing(total("10.00")).ledger().movements())
        .as("a total of what was captured")
        .isEmpty();
    assertThat(reported.observing(movement("re_1", REFUNDED)).ledger().movements())
        .as("a refund shows no charge")
        .containsOnlyKeys("re_1", "slip");
    Movement later = CAPTURED.with(TEN).causedBy("ca");
    assertThat(reported.observing(movement("ca_1", later)).ledger().movements())
        .as("a capture that another operation of ours caused")
        .containsOnlyKeys("ca_1", "slip");
  }

  @Test
  void money_that_a_person_reported_of_a_completion_gives_way_in_the_same_way() {
    Payment reported =
        PaymentExample.sale()
            .reporting(
                complete,
                Optional.of("slip"),
                movement("slip", CAPTURED.with(TEN).ofCharge("ch_1")));

    assertThat(reported.ledger().movements()).containsOnlyKeys("slip");
    assertThat(reported.observing(captured("ca_1")).ledger().movements()).containsOnlyKeys("ca_1");
  }

  @Test
  void an_attempt_that_a_person_reported_gives_way_to_another() {
    Payment reported =
        started()
            .with(charge.reported(Optional.of("slip")))
            .observing(attempt("slip", AttemptStep.SUCCEEDED));

    assertThat(reported.ledger().attempts()).containsOnlyKeys("slip");
    assertThat(reported.observing(attempt("ch_1", AttemptStep.SUCCEEDED)).ledger().attempts())
        .containsOnlyKeys("ch_1");
  }

  @Test
  void an_attempt_that_we_completed_is_the_providers_own_even_if_a_person_named_it() {
    Payment named =
        started()
            .with(complete.reported(Optional.of("ch_1")))
            .observing(attempt("ch_1", Attempt.at(AttemptStep.SUCCEEDED)))
            .observing(attempt("ch_2", Attempt.at(AttemptStep.FAILED)));

    assertThat(named.ledger().attempts()).containsOnlyKeys("ch_1", "ch_2");
  }

  @Test
  void a_hold_that_a_person_reported_gives_way_to_another() {
    Payment reported =
        started().reporting(charge, Optional.of("slip"), hold("slip", Authorization.of(TEN)));

    assertThat(reported.ledger().authorizations()).containsOnlyKeys("slip");
    assertThat(reported.observing(hold("au_1", Authorization.of(TEN))).ledger().authorizations())
        .containsOnlyKeys("au_1");
  }

  @Test
  void a_report_about_a_refund_touches_neither_attempts_nor_holds() {
    Payment reported =
        started()
            .with(refund.reported(Optional.of("same")))
            .observing(attempt("same", AttemptStep.FAILED))
            .observing(attempt("ch_1", AttemptStep.SUCCEEDED))
            .observing(hold("same", Authorization.of(TEN)))
            .observing(hold("au_1", Authorization.of(TEN)));

    assertThat(reported.ledger()).isEqualTo(reported.facts());
  }

  @Test
  void what_a_completion_goes_on_with_is_no_hold() {
    Payment completed =
        started().with(operation(OperationKind.COMPLETE, "co", "ch_1", eur("6.00")));
    Movement taken = Movement.of(MovementKind.CAPTURE, MovementStep.DONE).causedBy("co");

    assertThat(read(completed, taken).parent().isUnknown()).isTrue();
  }

  @Test
  void what_is_read_so_is_never_kept_as_a_fact() {
    Payment payment = started().with(refund).observing(movement("m", REFUNDED.causedBy("re")));

    assertThat(payment.totals().orElseThrow().refunded()).isEqualTo(eur("6.00"));
    assertThat(payment.facts().movements().get("m")).isEqualTo(REFUNDED.causedBy("re"));
  }

  private static Movement read(Payment payment, Movement seen) {
    return payment.observing(movement("m", seen)).ledger().movements().get("m");
  }

  private static PaymentFacts refunded(String id, String operation) {
    return movement(id, REFUNDED.with(eur("6.00")).outOf("ca_1").causedBy(operation));
  }

  private static PaymentFacts captured(String id) {
    return capture(id, MovementStep.DONE, "10.00");
  }

  private static PaymentFacts total(String amount) {
    return Snapshot.builder().total(MovementKind.CAPTURE, "ch_1", eur(amount)).build().facts();
  }
}
