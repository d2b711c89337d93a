package dev.gatehouse.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.machine.Answer;
import dev.gatehouse.machine.MachineWalk;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipMachineTest {
  private final MachineWalk<MembershipState, MembershipTrigger> walk =
      new MachineWalk<>(MembershipMachine.table(), MembershipState.class, MembershipTrigger.class);

  @Test
  void every_pair_is_answered() {
    walk.assertEveryPairIsAnswered();
  }

  @Test
  void every_state_is_reachable() {
    walk.assertEveryStateIsReachable();
  }

  @Test
  void a_cancelled_membership_stays_cancelled() {
    walk.assertNothingMoves(
        Set.of(MembershipState.CANCELLED), EnumSet.allOf(MembershipTrigger.class));
  }

  @Test
  void what_became_of_the_checkout_is_never_refused() {
    walk.assertNeverRefused(EnumSet.of(MembershipTrigger.PAID, MembershipTrigger.CHECKOUT_LOST));
  }

  @Test
  void one_that_is_not_paid_can_not_be_cancelled_but_its_checkout_can() {
    assertThat(walk.machine().answer(MembershipState.PENDING, MembershipTrigger.CANCEL))
        .isInstanceOf(Answer.Refuse.class);
    assertThat(walk.machine().after(MembershipState.PENDING, MembershipTrigger.CHECKOUT_LOST))
        .isEqualTo(MembershipState.CANCELLED);
  }

  @Test
  void it_prints_as_agreed() {
    walk.assertPrintsAs("membership.md");
  }
}
