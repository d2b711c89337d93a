package dev.gatehouse.payment;

import static dev.gatehouse.payment.PaymentState.ACTION_REQUIRED;
import static dev.gatehouse.payment.PaymentState.AUTHORIZED;
import static dev.gatehouse.payment.PaymentState.CAPTURED;
import static dev.gatehouse.payment.PaymentState.DONE;
import static dev.gatehouse.payment.PaymentState.EXPIRED;
import static dev.gatehouse.payment.PaymentState.FAILED;
import static dev.gatehouse.payment.PaymentState.IN_DOUBT;
import static dev.gatehouse.payment.PaymentState.PARTLY_CAPTURED;
import static dev.gatehouse.payment.PaymentState.PARTLY_REFUNDED;
import static dev.gatehouse.payment.PaymentState.PENDING;
import static dev.gatehouse.payment.PaymentState.REFUNDED;
import static dev.gatehouse.payment.PaymentState.REVERSED;
import static dev.gatehouse.payment.PaymentState.VOIDED;

import dev.gatehouse.machine.Machine;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of a payment. Commands are accepted or refused here. The state itself is derived from
 * facts; the table says which state may be seen after which, and a test holds the derivation to it.
 */
public final class PaymentMachine {
  private static final Set<PaymentState> UNDECIDED =
      Set.of(IN_DOUBT, PENDING, ACTION_REQUIRED, FAILED);
  private static final Set<PaymentState> GIVING_WAY =
      Set.of(IN_DOUBT, PENDING, ACTION_REQUIRED, FAILED, AUTHORIZED);
  private static final Set<PaymentState> HELD = Set.of(AUTHORIZED, VOIDED, EXPIRED);
  private static final Set<PaymentState> TAKEN =
      Set.of(PARTLY_CAPTURED, CAPTURED, PARTLY_REFUNDED, REFUNDED, REVERSED);
  private static final Set<PaymentState> MOVING_NONE = Set.of(DONE);
  private static final Set<PaymentState> CAPTURABLE = Set.of(AUTHORIZED, PARTLY_CAPTURED);
  private static final Set<PaymentState> REFUNDABLE =
      Set.of(PARTLY_CAPTURED, CAPTURED, PARTLY_REFUNDED);

  private PaymentMachine() {}

  /** The table. */
  public static Machine<PaymentState, PaymentTrigger> table() {
    Machine.Builder<PaymentState, PaymentTrigger> table =
        Machine.builder("payment", IN_DOUBT, PaymentTrigger.class);
    commands(table);
    for (PaymentState seen : UNDECIDED) {
      // A hold may give way to a capture or to another hold that was not seen yet.
      Set<PaymentState> before = seen == PENDING ? GIVING_WAY : UNDECIDED;
      table
          .go(before, PaymentTrigger.seen(seen), seen)
          .refuse(
              except(union(before, union(TAKEN, MOVING_NONE))),
              PaymentTrigger.seen(seen),
              "money was held; facts never un-happen")
          .refuse(TAKEN, PaymentTrigger.seen(seen), "money was taken; facts never un-happen")
          .refuse(MOVING_NONE, PaymentTrigger.seen(seen), "it is done; facts never un-happen");
    }
    for (PaymentState seen : HELD) {
      table
          .go(union(UNDECIDED, HELD), PaymentTrigger.seen(seen), seen)
          .refuse(MOVING_NONE, PaymentTrigger.seen(seen), "it is about no money")
          .refuse(TAKEN, PaymentTrigger.seen(seen), "money was taken; facts never un-happen");
    }
    for (PaymentState seen : TAKEN) {
      table.go(EnumSet.allOf(PaymentState.class), PaymentTrigger.seen(seen), seen);
    }
    table
        .go(union(UNDECIDED, MOVING_NONE), PaymentTrigger.SEEN_DONE, DONE)
        .refuse(union(HELD, TAKEN), PaymentTrigger.SEEN_DONE, "it is about money");
    return table.build();
  }

  private static void commands(Machine.Builder<PaymentState, PaymentTrigger> table) {
    for (PaymentState state : CAPTURABLE) {
      table.go(Set.of(state), PaymentTrigger.CAPTURE, state);
      table.go(Set.of(state), PaymentTrigger.VOID, state);
    }
    for (PaymentState state : REFUNDABLE) {
      table.go(Set.of(state), PaymentTrigger.REFUND, state);
    }
    table
        .refuse(except(CAPTURABLE), PaymentTrigger.CAPTURE, "no money is held")
        .ignore(EnumSet.of(VOIDED, EXPIRED), PaymentTrigger.VOID, "nothing is held any more")
        .refuse(
            except(union(CAPTURABLE, EnumSet.of(VOIDED, EXPIRED))),
            PaymentTrigger.VOID,
            "no money is held")
        .refuse(except(REFUNDABLE), PaymentTrigger.REFUND, "nothing can be refunded");
  }

  private static Set<PaymentState> union(Set<PaymentState> one, Set<PaymentState> other) {
    Set<PaymentState> union = EnumSet.copyOf(one);
    union.addAll(other);
    return union;
  }

  private static Set<PaymentState> except(Set<PaymentState> states) {
    return EnumSet.complementOf(EnumSet.copyOf(states));
  }
}
