package dev.gatehouse.engine;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.checkout.CheckoutMachine;
import dev.gatehouse.checkout.CheckoutState;
import dev.gatehouse.checkout.CheckoutTrigger;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.PaymentEvents;
import dev.gatehouse.machine.Machine;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipMachine;
import dev.gatehouse.membership.MembershipState;
import dev.gatehouse.membership.MembershipTrigger;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Case;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The functional core. From everything known of a checkout, it decides: the states, which
 * operations come next, which events are new, and when to look again. Pure: the same input gives
 * the same answer; no clock, no I/O.
 */
final class Decider {
  static final Machine<CheckoutState, CheckoutTrigger> CHECKOUT = CheckoutMachine.table();
  static final Machine<MembershipState, MembershipTrigger> MEMBERSHIP = MembershipMachine.table();

  private final EnginePolicy policy;
  private final Abilities abilities;
  private final Instant now;
  private final List<LifecycleEvent> events = new ArrayList<>();

  private Decider(EnginePolicy policy, Abilities abilities, Instant now) {
    this.policy = policy;
    this.abilities = abilities;
    this.now = now;
  }

  /** What the core asks about a payment's gateway. */
  interface Abilities {
    /**
     * Whether there is such a gateway; one that was taken out of the configuration can't be asked.
     */
    boolean isConfigured(Payment payment);

    /** Whether it can do this with the payment's method. */
    boolean can(Payment payment, Capability capability);

    /** How an operation's outcome is found again. */
    Recovery recovery(Payment payment, OperationKind kind);
  }

  /** Refuses a command; a checkout whose time is over has expired, its alarm or no alarm. */
  static void demand(Checkout checkout, CheckoutTrigger command, Instant now) {
    boolean over = !now.isBefore(checkout.expiresAt());
    CheckoutState state = checkout.state();
    CHECKOUT.demand(over ? CHECKOUT.after(state, CheckoutTrigger.EXPIRE) : state, command);
  }

  /**
   * What follows from a change.
   *
   * @param stored what is stored
   * @param changed what is known now
   */
  static Decision decide(
      Case stored, Case changed, EnginePolicy policy, Abilities abilities, Instant now) {
    return new Decider(policy, abilities, now).decide(stored, changed);
  }

  /** One change may call for the next, so it goes round until nothing changes any more. */
  private Decision decide(Case stored, Case known) {
    Case result = known;
    boolean more = true;
    while (more) {
      Case before = result;
      result = round(result);
      more = !hasSamePayments(before, result) || settlesMore(result);
    }
    assert isAtRest(result) : "another round changes what was decided";
    for (Payment payment : result.payments()) {
      if (!keepsAlarm(stored, payment)) {
        result = result.with(Alarms.set(payment, result.checkout(), policy, abilities, now));
      }
    }
    if (result.checkout().isPresent()) {
      result = result.with(Alarms.set(result.checkout().get(), now));
    }
    return new Decision(result, List.copyOf(events), newSends(stored, result));
  }

  /** Whether at most the checkout moved, and events were raised. */
  private static boolean hasSamePayments(Case before, Case after) {
    for (Payment payment : after.payments()) {
      boolean same =
          before
              .payment(payment.id())
              .filter(b -> b.facts().equals(payment.facts()))
              .filter(b -> b.operations().equals(payment.operations()))
              .isPresent();
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Of all that a round does, only this has not looked at where the checkout moved to. */
  private boolean settlesMore(Case result) {
    Resends resends = new Resends(policy, abilities, now);
    for (Payment payment : result.payments()) {
      if (!resends.settle(result, payment).equals(payment)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAtRest(Case result) {
    return new Decider(policy, abilities, now).round(result).equals(result);
  }

  /**
   * A payment that nothing happened to keeps the alarm that it has, one that is due, too: what
   * happens to another try of its checkout is no reason to look later. Whoever handles an alarm
   * that went off takes it away.
   */
  private boolean keepsAlarm(Case stored, Payment payment) {
    boolean untouched = stored.payment(payment.id()).filter(payment::equals).isPresent();
    return untouched && payment.wakeAt().isPresent();
  }

  private Case round(Case known) {
    Resends resends = new Resends(policy, abilities, now);
    FollowUps followUps = new FollowUps(policy, abilities, now);
    Case result = known;
    for (Payment payment : known.payments()) {
      result = result.with(raised(resends.settle(result, payment)));
    }
    result = moveMembership(moveCheckout(result));
    for (Payment payment : result.payments()) {
      result = result.with(raisedByCheckout(result, followUps.next(result, payment)));
    }
    return result;
  }

  /** The payment with every event raised that its facts amount to. */
  private Payment raised(Payment payment) {
    SortedMap<String, LifecycleEvent> fresh = PaymentEvents.unraised(payment, now);
    events.addAll(fresh.values());
    return fresh.isEmpty() ? payment : payment.raising(fresh.keySet());
  }

  private Case moveCheckout(Case known) {
    if (known.checkout().isEmpty()) {
      return known;
    }
    Checkout checkout = known.checkout().get();
    Optional<Payment> paying = Signals.paying(known.payments());
    Optional<CheckoutTrigger> seen = Signals.of(known.payments(), paying);
    Checkout moved = checkout;
    if (seen.isPresent()) {
      moved = checkout.in(CHECKOUT.after(checkout.state(), seen.get()));
    }
    if (!now.isBefore(moved.expiresAt())) {
      moved = moved.in(CHECKOUT.after(moved.state(), CheckoutTrigger.EXPIRE));
    }
    boolean completes = moved.state() == CheckoutState.COMPLETED && moved.paidBy().isEmpty();
    if (completes && paying.isPresent()) {
      moved = moved.paidBy(paying.get().id());
    }
    Map<String, LifecycleEvent> fresh =
        CheckoutEvents.unraised(moved, paying, known.membership(), now);
    return known.with(raised(fresh, moved));
  }

  private Checkout raised(Map<String, LifecycleEvent> fresh, Checkout checkout) {
    Checkout told = checkout;
    for (Map.Entry<String, LifecycleEvent> event : fresh.entrySet()) {
      events.add(event.getValue());
      told = told.raising(event.getKey());
    }
    return told;
  }

  private Case moveMembership(Case known) {
    if (known.membership().isEmpty() || known.checkout().isEmpty()) {
      return known;
    }
    Checkout checkout = known.checkout().get();
    if (!checkout.state().isTerminal()) {
      return known;
    }
    Membership membership = known.membership().get();
    MembershipTrigger trigger =
        checkout.state() == CheckoutState.COMPLETED
            ? MembershipTrigger.PAID
            : MembershipTrigger.CHECKOUT_LOST;
    MembershipState to = MEMBERSHIP.after(membership.state(), trigger);
    if (to == membership.state()) {
      return known;
    }
    events.add(CheckoutEvents.changed(membership, to, Optional.of(known), now));
    return known.with(membership.in(to));
  }

  /** Overpaid and LateMoney need the checkout beside the payment. */
  private Payment raisedByCheckout(Case known, Payment payment) {
    SortedMap<String, LifecycleEvent> all = Excess.events(known, payment, now);
    all.keySet().removeAll(payment.raised());
    events.addAll(all.values());
    return all.isEmpty() ? payment : payment.raising(all.keySet());
  }

  /** The sends that become committed with the result. */
  private static List<Send> newSends(Case stored, Case result) {
    List<Send> sends = new ArrayList<>();
    for (Payment payment : result.payments()) {
      Map<String, Integer> sent = new HashMap<>();
      stored
          .payment(payment.id())
          .ifPresent(before -> before.operations().forEach(o -> sent.put(o.key(), o.sends())));
      for (Operation operation : payment.operations()) {
        if (operation.sends() > sent.getOrDefault(operation.key(), 0)) {
          sends.add(new Send(payment.id(), operation.key(), operation.sends(), result));
        }
      }
    }
    return List.copyOf(sends);
  }
}
