package dev.gatehouse.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.machine.Answer;
import dev.gatehouse.machine.MachineWalk;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckoutMachineTest {
  private static final Set<CheckoutTrigger> COMMANDS =
      EnumSet.of(CheckoutTrigger.PAY, CheckoutTrigger.PAY_NOTHING, CheckoutTrigger.CANCEL);
  private static final Set<CheckoutState> TERMINAL =
      EnumSet.of(CheckoutState.COMPLETED, CheckoutState.EXPIRED, CheckoutState.CANCELLED);

  private final MachineWalk<CheckoutState, CheckoutTrigger> walk =
      new MachineWalk<>(CheckoutMachine.table(), CheckoutState.class, CheckoutTrigger.class);

  @Test
  void every_pair_is_answered() {
    walk.assertEveryPairIsAnswered();
  }

  @Test
  void every_state_is_reachable() {
    walk.assertEveryStateIsReachable();
  }

  @Test
  void terminal_states_accept_no_command_and_stay_whatever_is_seen() {
    assertThat(EnumSet.allOf(CheckoutState.class).stream().filter(CheckoutState::isTerminal))
        .containsExactlyInAnyOrderElementsOf(TERMINAL);
    walk.assertNothingMoves(TERMINAL, EnumSet.allOf(CheckoutTrigger.class));
  }

  @Test
  void alarms_and_sightings_are_never_refused() {
    walk.assertNeverRefused(EnumSet.complementOf(EnumSet.copyOf(COMMANDS)));
  }

  @ParameterizedTest
  @EnumSource(CheckoutState.class)
  void a_payment_that_is_paid_completes_every_checkout_that_is_alive(CheckoutState state) {
    CheckoutState after = walk.machine().after(state, CheckoutTrigger.SEEN_PAID);

    assertThat(after).isEqualTo(state.isTerminal() ? state : CheckoutState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(CheckoutState.class)
  void time_runs_out_only_while_no_payment_may_still_come(CheckoutState state) {
    Set<CheckoutState> waiting =
        EnumSet.of(CheckoutState.OPEN, CheckoutState.AWAITING_CUSTOMER, CheckoutState.FAILED);

    assertThat(walk.machine().after(state, CheckoutTrigger.EXPIRE))
        .isEqualTo(waiting.contains(state) ? CheckoutState.EXPIRED : state);
  }

  @ParameterizedTest
  @EnumSource(CheckoutState.class)
  void nothing_but_a_new_checkout_can_be_free(CheckoutState state) {
    boolean goes =
        walk.machine().answer(state, CheckoutTrigger.PAY_NOTHING) instanceof Answer.GoTo<?>;

    assertThat(goes).isEqualTo(state == CheckoutState.OPEN);
  }

  @ParameterizedTest
  @EnumSource(CheckoutState.class)
  void a_second_payment_is_refused_while_one_is_under_way_or_held(CheckoutState state) {
    Set<CheckoutState> mayPay =
        EnumSet.of(CheckoutState.OPEN, CheckoutState.AWAITING_CUSTOMER, CheckoutState.FAILED);

    assertThat(walk.machine().answer(state, CheckoutTrigger.PAY))
        .isInstanceOf(mayPay.contains(state) ? Answer.GoTo.class : Answer.Refuse.class);
  }

  @Test
  void it_prints_as_agreed() {
    walk.assertPrintsAs("checkout.md");
  }
}
