package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.NOW;
import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.capture;
import static dev.gatehouse.payment.PaymentExample.eur;
import static dev.gatehouse.payment.PaymentExample.hold;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.OperationKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Operation COMPLETE = operation(OperationKind.COMPLETE, "co", "ch_1", TEN);

  /** EUR 10 of the approved attempt ch_1, which a person named "said". */
  private final Payment sold =
      PaymentExample.sale()
          .with(COMPLETE)
          .reporting(COMPLETE, Optional.of("said"), captured("said", "ch_1"));

  @Test
  void what_the_provider_shows_of_the_same_attempt_stands_for_what_was_reported() {
    Payment shown = sold.observing(captured("real", "ch_1"));

    assertThat(capturedIn(sold)).isEqualTo(TEN);
    assertThat(shown.ledger().movements()).containsOnlyKeys("real");
    assertThat(told(shown)).containsExactly("captured:said");
  }

  @Test
  void one_movement_stands_for_what_was_reported_and_the_rest_is_more() {
    Payment both = sold.observing(captured("real", "ch_1")).observing(captured("twice", "ch_1"));

    assertThat(capturedIn(both)).isEqualTo(TEN.multipliedBy(2));
    assertThat(told(both)).containsExactlyInAnyOrder("captured:said", "captured:twice");
  }

  @Test
  void what_another_attempt_took_is_not_what_was_reported() {
    Payment both = sold.observing(captured("other", "ch_2"));

    assertThat(capturedIn(both)).isEqualTo(TEN.multipliedBy(2));
    assertThat(told(both)).containsExactlyInAnyOrder("captured:said", "captured:other");
  }

  /** It names no attempt, so it might be of either; but a person has said of which it is. */
  @Test
  void what_was_reported_of_one_operation_does_not_stand_for_what_was_of_another() {
    Operation second = operation(OperationKind.COMPLETE, "co_2", "ch_2", TEN);
    Movement capture = Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(TEN);
    Payment both =
        sold.with(second).reporting(second, Optional.of("also"), movement("also", capture));

    assertThat(capturedIn(both)).isEqualTo(TEN.multipliedBy(2));
    assertThat(told(both)).containsExactly("captured:also", "captured:said");
  }

  @Test
  void what_the_provider_shows_by_the_reported_id_itself_gives_way_to_nothing() {
    Payment real = sold.observing(captured("said", "ch_1"));
    Payment knownBefore =
        PaymentExample.sale()
            .with(COMPLETE)
            .observing(captured("said", "ch_1"))
            .reporting(COMPLETE, Optional.of("said"), captured("said", "ch_1"));

    for (Payment payment : List.of(real, knownBefore)) {
      Payment both = payment.observing(captured("more", "ch_1"));
      assertThat(capturedIn(both)).isEqualTo(TEN.multipliedBy(2));
      assertThat(told(both)).containsExactlyInAnyOrder("captured:said", "captured:more");
    }
  }

  /** Whatever is seen first, no event is told twice or taken back. */
  @Test
  void events_only_grow_in_whatever_order_the_provider_shows_what_there_is() {
    List<String> ids = List.of("a", "b", "said");
    for (String first : ids) {
      for (String last : ids.stream().filter(id -> !id.equals(first)).toList()) {
        String second =
            ids.stream().filter(id -> !List.of(first, last).contains(id)).findFirst().orElseThrow();
        Payment seen = sold;
        for (String next : List.of(first, second, last)) {
          Set<String> before = told(seen);
          seen = seen.observing(captured(next, "ch_1"));
          assertThat(told(seen)).as("%s, %s, %s", first, second, last).containsAll(before);
        }
        assertThat(told(seen)).containsExactly("captured:a", "captured:b", "captured:said");
      }
    }
  }

  @Test
  void a_running_total_of_another_charge_tells_of_what_was_reported_only_if_it_tells_of_captures() {
    Payment none = sold.observing(total(MovementKind.REFUND, "ch", "10.00"));
    none = none.observing(total(MovementKind.CAPTURE, "ch", "0.00"));
    assertThat(capturedIn(none)).isEqualTo(TEN);
    assertThat(capturedIn(none.observing(total(MovementKind.CAPTURE, "ch", "10.00"))))
        .isEqualTo(TEN);
    assertThat(capturedIn(none.observing(total(MovementKind.CAPTURE, "ch_1", "10.00"))))
        .isEqualTo(TEN);
  }

  @Test
  void a_hold_stands_for_the_reported_one_and_its_captures_for_none() {
    Operation charge = started().operations().get(0);
    Payment held =
        started()
            .reporting(charge, Optional.of("said"), hold("said", Authorization.of(TEN)))
            .observing(hold("au_1", Authorization.of(TEN)))
            .observing(capture("c1", MovementStep.DONE, "4.00"))
            .observing(capture("c2", MovementStep.DONE, "6.00"));

    assertThat(told(held))
        .containsExactlyInAnyOrder("authorized:said", "captured:c1", "captured:c2");
    Payment over =
        held.observing(hold("au_1", Authorization.of(TEN).ended(AuthorizationEnd.EXHAUSTED)));
    assertThat(over.ledger().authorizations()).containsOnlyKeys("au_1");
    assertThat(over.totals().orElseThrow().authorized()).isEqualTo(eur("0.00"));
  }

  private static PaymentFacts captured(String id, String charge) {
    Movement capture = Movement.of(MovementKind.CAPTURE, MovementStep.DONE).with(TEN);
    return movement(id, capture.ofCharge(charge));
  }

  private static PaymentFacts total(MovementKind kind, String charge, String amount) {
    return Snapshot.builder().total(kind, charge, eur(amount)).build().facts();
  }

  private static Money capturedIn(Payment payment) {
    return payment.totals(CurrencyUnit.EUR).captured();
  }

  private static Set<String> told(Payment payment) {
    return new TreeSet<>(PaymentEvents.of(payment, NOW).keySet());
  }
}
