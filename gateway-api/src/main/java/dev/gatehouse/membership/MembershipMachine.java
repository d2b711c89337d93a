package dev.gatehouse.membership;

import static dev.gatehouse.membership.MembershipState.ACTIVE;
import static dev.gatehouse.membership.MembershipState.CANCELLED;
import static dev.gatehouse.membership.MembershipState.PENDING;

import dev.gatehouse.machine.Machine;
import java.util.EnumSet;
import java.util.Set;

/** The rules of a membership. */
public final class MembershipMachine {
  private MembershipMachine() {}

  /** The table. */
  public static Machine<MembershipState, MembershipTrigger> table() {
    return Machine.builder("membership", PENDING, MembershipTrigger.class)
        .go(Set.of(PENDING), MembershipTrigger.PAID, ACTIVE)
        .ignore(Set.of(ACTIVE), MembershipTrigger.PAID, "it is active already")
        .ignore(Set.of(CANCELLED), MembershipTrigger.PAID, "it is over")
        .go(Set.of(PENDING), MembershipTrigger.CHECKOUT_LOST, CANCELLED)
        .ignore(EnumSet.of(ACTIVE, CANCELLED), MembershipTrigger.CHECKOUT_LOST, "it was decided")
        .go(Set.of(ACTIVE), MembershipTrigger.CANCEL, CANCELLED)
        .refuse(Set.of(PENDING), MembershipTrigger.CANCEL, "it is not paid; cancel its checkout")
        .ignore(Set.of(CANCELLED), MembershipTrigger.CANCEL, "it is cancelled already")
        .build();
  }
}
