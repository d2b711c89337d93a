package dev.gatehouse.checkout;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.joda.money.Money;

/**
 * A checkout. Immutable.
 *
 * @param id ours
 * @param version the store's version of this record; 0 before it was first saved
 * @param command the caller's key of the command that started it
 * @param customer who pays
 * @param plan the plan that it is for, if it is for one
 * @param lines what is paid for, discounts taken off
 * @param total what is to be paid: the lines' sum; zero or more
 * @param membership the membership that it brings, if it is for a plan
 * @param state where it stands
 * @param payments the payments tried for it, oldest first
 * @param paidBy the payment that completed it
 * @param raised the keys of the events that were raised; grows only
 * @param createdAt when it was started
 * @param expiresAt when it expires if it is not paid
 * @param wakeAt when it wants to be looked at again
 */
public record Checkout(
    CheckoutId id,
    long version,
    String command,
    CustomerId customer,
    Optional<Plan> plan,
    List<Line> lines,
    Money total,
    Optional<MembershipId> membership,
    CheckoutState state,
    List<PaymentId> payments,
    Optional<PaymentId> paidBy,
    SortedSet<String> raised,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> wakeAt) {

  /** Copies the collections, those that are sorted in natural order. */
  public Checkout {
    lines = List.copyOf(lines);
    payments = List.copyOf(payments);
    raised = raised.isEmpty() ? Collections.emptySortedSet() : sorted(raised);
  }

  private static SortedSet<String> sorted(SortedSet<String> keys) {
    SortedSet<String> sorted = new TreeSet<>();
    sorted.addAll(keys);
    return Collections.unmodifiableSortedSet(sorted);
  }

  /** This, in a state. */
  public Checkout in(CheckoutState changed) {
    return changed == state ? this : copy(version, changed, payments, paidBy, raised, wakeAt);
  }

  /** This, with one more payment tried. */
  public Checkout trying(PaymentId payment) {
    List<PaymentId> all = new ArrayList<>(payments);
    all.add(payment);
    return copy(version, state, all, paidBy, raised, wakeAt);
  }

  /** This, completed by a payment. */
  public Checkout paidBy(PaymentId payment) {
    return copy(version, CheckoutState.COMPLETED, payments, Optional.of(payment), raised, wakeAt);
  }

  /** This, with an event raised. */
  public Checkout raising(String key) {
    SortedSet<String> all = new TreeSet<>(raised);
    all.add(key);
    return copy(version, state, payments, paidBy, all, wakeAt);
  }

  /** This, to be looked at again at that time, or not at all. */
  public Checkout wakingAt(Optional<Instant> time) {
    return time.equals(wakeAt) ? this : copy(version, state, payments, paidBy, raised, time);
  }

  /** This, as the store holds it after a commit. */
  public Checkout atVersion(long stored) {
    return copy(stored, state, payments, paidBy, raised, wakeAt);
  }

  private Checkout copy(
      long newVersion,
      CheckoutState newState,
      List<PaymentId> newPayments,
      Optional<PaymentId> newPaidBy,
      SortedSet<String> newRaised,
      Optional<Instant> newWakeAt) {
    return new Checkout(
        id,
        newVersion,
        command,
        customer,
        plan,
        lines,
        total,
        membership,
        newState,
        newPayments,
        newPaidBy,
        newRaised,
        createdAt,
        expiresAt,
        newWakeAt);
  }
}
