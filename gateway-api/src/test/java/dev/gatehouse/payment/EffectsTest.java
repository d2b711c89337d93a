package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentExample.TEN;
import static dev.gatehouse.payment.PaymentExample.movement;
import static dev.gatehouse.payment.PaymentExample.operation;
import static dev.gatehouse.payment.PaymentExample.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.OperationKind;
import org.junit.jupiter.api.Test;

class EffectsTest {
  private final Operation first = operation(OperationKind.REFUND, "re_1", "ca_1", TEN);
  private final Operation second = operation(OperationKind.REFUND, "re_2", "ca_1", TEN);
  private final Operation third = operation(OperationKind.REFUND, "re_3", "ca_1", TEN);
  private final PaymentFacts facts =
      made("m_1", MovementStep.OPEN, "re_1").join(made("m_2", MovementStep.UNDONE, "re_2"));
  private final Payment payment = started().with(first).with(second).with(third).observing(facts);

  @Test
  void each_operation_is_told_what_came_of_it_and_not_of_another() {
    Effects effects = payment.effects();

    assertThat(effects.status(first)).isEqualTo(OperationStatus.UNDER_WAY);
    assertThat(effects.status(second)).isEqualTo(OperationStatus.SUCCEEDED);
    assertThat(effects.status(third)).isEqualTo(OperationStatus.IN_DOUBT);
    for (Operation operation : payment.operations()) {
      assertThat(effects.status(operation)).isEqualTo(payment.status(operation));
    }
  }

  @Test
  void what_was_seen_and_what_came_back_is_told_apart() {
    Effects effects = payment.effects();

    assertThat(effects.isSeen(first)).isTrue();
    assertThat(effects.wasUndone(first)).isFalse();
    assertThat(effects.isSeen(second)).isTrue();
    assertThat(effects.wasUndone(second)).isTrue();
    assertThat(effects.isSeen(third)).isFalse();
    assertThat(effects.wasUndone(third)).isFalse();
  }

  @Test
  void of_several_movements_any_may_have_come_back() {
    Effects effects = Effects.in(facts.join(made("m_0", MovementStep.DONE, "re_2")));

    assertThat(effects.wasUndone(second)).isTrue();
  }

  @Test
  void a_movement_that_names_two_operations_is_of_both() {
    PaymentFacts both =
        made("m_1", MovementStep.DONE, "re_1").join(made("m_1", MovementStep.DONE, "re_2"));
    Effects effects = Effects.in(both);

    assertThat(effects.isSeen(first)).isTrue();
    assertThat(effects.isSeen(second)).isTrue();
  }

  private static PaymentFacts made(String id, MovementStep step, String operation) {
    return movement(id, Movement.of(MovementKind.REFUND, step).with(TEN).causedBy(operation));
  }
}
