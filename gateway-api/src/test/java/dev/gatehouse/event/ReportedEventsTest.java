package dev.gatehouse.event;

import static dev.gatehouse.payment.PaymentExample.CHARGE;
import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.attempt;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.payment.Intent;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.payment.PaymentExample;
import dev.gatehouse.spi.OperationKind;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes known in two ways, from a person and from the provider, is told once. */
class ReportedEventsTest {
  private static final Movement CAPTURED =
      Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(TEN);
  private final Operation refund = operation(OperationKind.REFUND, "re", "ca_1", TEN);
  private final Operation charge = started().operations().get(0);

  @Test
  void a_refund_that_a_person_reported_is_not_told_again_as_the_provider_shows_it() {
    Payment reported = started().reporting(refund, Optional.of("slip"), refunded("slip", "re"));

    assertThat(told(reported)).containsExactly("refunded:slip");
    assertThat(told(reported.observing(refunded("re_1", "re")))).containsExactly("refunded:slip");
    assertThat(told(reported.observing(refunded("re_1", "another"))))
        .as("another refund is told by its own id")
        .containsExactly("refunded:re_1", "refunded:slip");
    assertThat(told(reported.observing(movement("ca_9", CAPTURED))))
        .as("a capture that nobody explains is no refund")
        .containsExactly("captured:ca_9", "refunded:slip");
  }

  @Test
  void money_that_a_person_reported_of_a_charge_is_not_told_again_as_the_provider_shows_it() {
    Payment reported =
        PaymentExample.sale()
            .reporting(charge, Optional.of("slip"), movement("slip", CAPTURED.ofCharge("slip")));

    assertThat(told(reported)).containsExactly("captured:slip");
    assertThat(told(reported.observing(capture("ca_1", MovementStep.DONE, "10.00"))))
        .containsExactly("captured:slip");
    assertThat(told(reported.observing(movement("ca_1", CAPTURED.causedBy("ca")))))
        .as("a capture that another operation caused")
        .containsExactly("captured:ca_1", "captured:slip");
    Movement unexplained = Movement.of(MovementKind.REFUND, MovementStep.DONE).with(TEN);
    assertThat(told(reported.observing(movement("re_1", unexplained))))
        .as("a refund that nobody explains is no charge")
        .containsExactly("captured:slip", "refunded:re_1");
  }

  @Test
  void money_that_a_person_reported_of_a_completion_is_not_told_again_either() {
    Operation complete = Operation.first("co", Intent.complete("cmd", "ch_1"), NOW);
    Payment reported =
        PaymentExample.sale()
            .reporting(complete, Optional.of("slip"), movement("slip", CAPTURED.ofCharge("ch_1")));

    assertThat(told(reported)).containsExactly("captured:slip");
    assertThat(told(reported.observing(capture("ca_1", MovementStep.DONE, "10.00"))))
        .containsExactly("captured:slip");
  }

  @Test
  void what_nobody_reported_is_told_by_the_providers_id() {
    assertThat(told(started().with(refund).observing(refunded("re_1", "re"))))
        .containsExactly("refunded:re_1");
  }

  @Test
  void a_decline_is_told_once_though_its_attempt_is_shown_only_later() {
    Attempt declined = Attempt.declined(Decline.of(DeclineCode.LOST_CARD)).causedBy(CHARGE);
    Payment refused = started().observing(attempt(CHARGE, declined));

    assertThat(told(refused)).containsExactly("failed:" + CHARGE);
    assertThat(told(refused.observing(attempt("ch_1", declined))))
        .containsExactly("failed:" + CHARGE);
    assertThat(told(started().observing(attempt("ch_1", declined))))
        .as("shown at once")
        .containsExactly("failed:ch_1");
  }

  private static PaymentFacts refunded(String id, String operation) {
    return movement(
        id,
        Movement.of(MovementKind.REFUND, MovementStep.DONE)
            .with(TEN)
            .outOf("ca_1")
            .causedBy(operation));
  }

  private static Set<String> told(Payment payment) {
    return PaymentEvents.of(payment, NOW).keySet();
  }
}
