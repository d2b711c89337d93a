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
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.store.Case;
import java.time.Instant;
import java.util.ArrayList;
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
  private final List<Send> sends = new ArrayList<>();

  private Decider(EnginePolicy policy, Abilities abilities, Instant now) {
    this.policy = policy;
    this.abilities = abilities;
    this.now = now;
  }

  /** What the core asks about a payment's gateway. */
  interface Abilities {
    /** Whether money can be given back through it. */
    boolean canRefund(Payment payment);

    /** Whether held money can be released through it. */
    boolean canVoid(Payment payment);

    /** How an operation's outcome is found again. */
    Recovery recovery(Payment payment, OperationKind kind);
  }

  /** What follows from what is known now. */
  static Decision decide(Case known, EnginePolicy policy, Abilities abilities, Instant now) {
    return new Decider(policy, abilities, now).decide(known);
  }

  private Decision decide(Case known) {
    Case result = known;
    for (Payment payment : known.payments()) {
      result = result.with(raised(payment));
    }
    result = moveCheckout(result);
    result = moveMembership(result);
    FollowUps followUps = new FollowUps(policy, abilities, now);
    for (Payment payment : result.payments()) {
      Payment next = followUps.next(result, payment);
      newSends(payment, next);
      next = raised(raisedByCheckout(result, next));
      result = result.with(Alarms.set(next, result.checkout(), policy, abilities, now));
    }
    if (result.checkout().isPresent()) {
      result = result.with(Alarms.set(result.checkout().get(), now));
    }
    return new Decision(result, List.copyOf(events), List.copyOf(sends));
  }

  /** The payment with every event raised that its facts amount to. */
  private Payment raised(Payment payment) {
    SortedMap<String, LifecycleEvent> all = PaymentEvents.of(payment, now);
    all.keySet().removeAll(payment.raised());
    events.addAll(all.values());
    return all.isEmpty() ? payment : payment.raising(all.keySet());
  }

  private Case moveCheckout(Case known) {
    if (known.checkout().isEmpty()) {
      return known;
    }
    Checkout checkout = known.checkout().get();
    Optional<CheckoutTrigger> seen = Signals.of(known.payments());
    Checkout moved = checkout;
    if (seen.isPresent()) {
      moved = checkout.in(CHECKOUT.after(checkout.state(), seen.get()));
    }
    if (!now.isBefore(moved.expiresAt())) {
      moved = moved.in(CHECKOUT.after(moved.state(), CheckoutTrigger.EXPIRE));
    }
    boolean completes = moved.state() == CheckoutState.COMPLETED && moved.paidBy().isEmpty();
    Optional<Payment> paying = known.payments().stream().filter(Payment::isPaid).findFirst();
    if (completes && paying.isPresent()) {
      moved = moved.paidBy(paying.get().id());
    }
    return known.with(raised(CheckoutEvents.of(moved, paying, known.membership(), now), moved));
  }

  private Checkout raised(Map<String, LifecycleEvent> all, Checkout checkout) {
    Checkout told = checkout;
    for (Map.Entry<String, LifecycleEvent> event : all.entrySet()) {
      if (!told.raised().contains(event.getKey())) {
        events.add(event.getValue());
        told = told.raising(event.getKey());
      }
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
    events.add(CheckoutEvents.changed(membership, to, Optional.empty(), now));
    return known.with(membership.in(to));
  }

  /** Overpaid and LateMoney need the checkout beside the payment. */
  private Payment raisedByCheckout(Case known, Payment payment) {
    SortedMap<String, LifecycleEvent> all = Excess.events(known, payment, now);
    all.keySet().removeAll(payment.raised());
    events.addAll(all.values());
    return all.isEmpty() ? payment : payment.raising(all.keySet());
  }

  private void newSends(Payment before, Payment after) {
    for (Operation operation : after.operations()) {
      if (before.operation(operation.key()).isEmpty()) {
        sends.add(new Send(after.id(), operation.key(), operation.sends()));
      }
    }
  }
}
