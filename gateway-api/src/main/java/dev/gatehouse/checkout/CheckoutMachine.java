package dev.gatehouse.checkout;

import static dev.gatehouse.checkout.CheckoutState.AUTHORIZED;
import static dev.gatehouse.checkout.CheckoutState.AWAITING_CUSTOMER;
import static dev.gatehouse.checkout.CheckoutState.CANCELLED;
import static dev.gatehouse.checkout.CheckoutState.COMPLETED;
import static dev.gatehouse.checkout.CheckoutState.EXPIRED;
import static dev.gatehouse.checkout.CheckoutState.FAILED;
import static dev.gatehouse.checkout.CheckoutState.OPEN;
import static dev.gatehouse.checkout.CheckoutState.PENDING;

import dev.gatehouse.machine.Machine;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of a checkout. What its payments show decides the state while it is alive; once it is
 * terminal it accepts no more commands, and money that still arrives is excess or late, never lost.
 */
public final class CheckoutMachine {
  private static final Set<CheckoutState> ALIVE =
      Set.of(OPEN, AWAITING_CUSTOMER, PENDING, AUTHORIZED, FAILED);
  private static final Set<CheckoutState> LOST = Set.of(EXPIRED, CANCELLED);
  private static final Set<CheckoutState> OVER = Set.of(COMPLETED, EXPIRED, CANCELLED);

  private CheckoutMachine() {}

  /** The table. */
  public static Machine<CheckoutState, CheckoutTrigger> table() {
    return Machine.builder("checkout", OPEN, CheckoutTrigger.class)
        .go(EnumSet.of(OPEN, AWAITING_CUSTOMER, FAILED), CheckoutTrigger.PAY, PENDING)
        .refuse(Set.of(PENDING), CheckoutTrigger.PAY, "a payment is under way")
        .refuse(Set.of(AUTHORIZED), CheckoutTrigger.PAY, "the money is already held")
        .refuse(Set.of(COMPLETED), CheckoutTrigger.PAY, "it is already paid")
        .refuse(LOST, CheckoutTrigger.PAY, "it is over; start a new checkout")
        .go(Set.of(OPEN), CheckoutTrigger.PAY_NOTHING, COMPLETED)
        .refuse(
            EnumSet.complementOf(EnumSet.of(OPEN)),
            CheckoutTrigger.PAY_NOTHING,
            "only a new checkout can be free")
        .go(ALIVE, CheckoutTrigger.CANCEL, CANCELLED)
        .refuse(Set.of(COMPLETED), CheckoutTrigger.CANCEL, "it is paid; refund the payment instead")
        .refuse(Set.of(EXPIRED), CheckoutTrigger.CANCEL, "its time was over already")
        .ignore(Set.of(CANCELLED), CheckoutTrigger.CANCEL, "it is cancelled already")
        .go(EnumSet.of(OPEN, AWAITING_CUSTOMER, FAILED), CheckoutTrigger.EXPIRE, EXPIRED)
        .ignore(EnumSet.of(PENDING, AUTHORIZED), CheckoutTrigger.EXPIRE, "it waits for its payment")
        .ignore(OVER, CheckoutTrigger.EXPIRE, "it is over")
        .go(ALIVE, CheckoutTrigger.SEEN_ACTION_NEEDED, AWAITING_CUSTOMER)
        .go(ALIVE, CheckoutTrigger.SEEN_PROCESSING, PENDING)
        .go(ALIVE, CheckoutTrigger.SEEN_HELD, AUTHORIZED)
        .go(ALIVE, CheckoutTrigger.SEEN_FAILED, FAILED)
        .go(ALIVE, CheckoutTrigger.SEEN_PAID, COMPLETED)
        .ignore(OVER, CheckoutTrigger.SEEN_ACTION_NEEDED, "it is over")
        .ignore(OVER, CheckoutTrigger.SEEN_PROCESSING, "it is over")
        .ignore(OVER, CheckoutTrigger.SEEN_HELD, "it is over; the hold is released")
        .ignore(OVER, CheckoutTrigger.SEEN_FAILED, "it is over")
        .ignore(Set.of(COMPLETED), CheckoutTrigger.SEEN_PAID, "it is paid; more money is excess")
        .ignore(LOST, CheckoutTrigger.SEEN_PAID, "it is over; the money is late")
        .build();
  }
}
