package dev.gatehouse.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.machine.Answer;
import dev.gatehouse.machine.MachineWalk;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentMachineTest {
  private static final Set<PaymentTrigger> COMMANDS =
      EnumSet.of(PaymentTrigger.CAPTURE, PaymentTrigger.VOID, PaymentTrigger.REFUND);
  private static final Set<PaymentState> FINAL =
      EnumSet.of(
          PaymentState.FAILED,
          PaymentState.VOIDED,
          PaymentState.EXPIRED,
          PaymentState.REFUNDED,
          PaymentState.REVERSED);
  private static final Set<PaymentState> TAKEN =
      EnumSet.of(
          PaymentState.PARTLY_CAPTURED,
          PaymentState.CAPTURED,
          PaymentState.PARTLY_REFUNDED,
          PaymentState.REFUNDED,
          PaymentState.REVERSED);

  private final MachineWalk<PaymentState, PaymentTrigger> walk =
      new MachineWalk<>(PaymentMachine.table(), PaymentState.class, PaymentTrigger.class);

  @Test
  void every_pair_is_answered() {
    walk.assertEveryPairIsAnswered();
  }

  @Test
  void every_state_is_reachable() {
    walk.assertEveryStateIsReachable();
  }

  @Test
  void final_states_accept_no_command() {
    walk.assertNothingMoves(FINAL, COMMANDS);
  }

  @ParameterizedTest
  @EnumSource(PaymentState.class)
  void commands_never_move_it_only_facts_do(PaymentState state) {
    for (PaymentTrigger command : COMMANDS) {
      assertThat(walk.machine().after(state, command)).as(command.name()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @EnumSource(PaymentState.class)
  void every_state_has_a_trigger_that_shows_it_and_may_follow_itself(PaymentState state) {
    PaymentTrigger seen = PaymentTrigger.seen(state);

    assertThat(seen.name()).isEqualTo("SEEN_" + state);
    assertThat(walk.machine().answer(state, seen)).isEqualTo(new Answer.GoTo<>(state));
  }

  @ParameterizedTest
  @EnumSource(PaymentState.class)
  void money_that_was_taken_stays_taken_in_every_later_state(PaymentState later) {
    for (PaymentState taken : TAKEN) {
      assertThat(walk.machine().answer(taken, PaymentTrigger.seen(later)))
          .as(taken + " to " + later)
          .isInstanceOf(TAKEN.contains(later) ? Answer.GoTo.class : Answer.Refuse.class);
    }
  }

  @ParameterizedTest
  @EnumSource(PaymentState.class)
  void money_can_be_seen_after_anything(PaymentState earlier) {
    for (PaymentState taken : TAKEN) {
      assertThat(walk.machine().answer(earlier, PaymentTrigger.seen(taken)))
          .isEqualTo(new Answer.GoTo<>(taken));
    }
  }

  @Test
  void it_prints_as_agreed() {
    walk.assertPrintsAs("payment.md");
  }
}
