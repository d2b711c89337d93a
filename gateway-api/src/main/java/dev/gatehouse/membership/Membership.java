package dev.gatehouse.membership;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PlanId;
import java.time.Instant;
import java.util.Optional;

/**
 * A membership. Immutable.
 *
 * @param id ours
 * @param version the store's version of this record; 0 before it was first saved
 * @param customer the member
 * @param plan the plan
 * @param planName the plan's name when the membership was created
 * @param checkout the checkout that created it
 * @param state where it stands
 * @param createdAt when it was created
 * @param cancelReason why it was cancelled, in the words of whoever did; gone once the member was
 *     erased
 */
public record Membership(
    MembershipId id,
    long version,
    CustomerId customer,
    PlanId plan,
    String planName,
    CheckoutId checkout,
    MembershipState state,
    Instant createdAt,
    Optional<String> cancelReason) {

  /** This, in a state. */
  public Membership in(MembershipState changed) {
    return new Membership(
        id, version, customer, plan, planName, checkout, changed, createdAt, cancelReason);
  }

  /** This, cancelled for a reason. */
  public Membership cancelledFor(String reason) {
    return new Membership(
        id,
        version,
        customer,
        plan,
        planName,
        checkout,
        MembershipState.CANCELLED,
        createdAt,
        Optional.of(reason));
  }

  /** This, without what was said about why it was cancelled. */
  public Membership withoutReason() {
    return new Membership(
        id, version, customer, plan, planName, checkout, state, createdAt, Optional.empty());
  }

  /** Shows ids and the state; why it was cancelled may be personal. */
  @Override
  public String toString() {
    return "Membership[" + id + " of " + customer + ", " + plan + ", " + state + "]";
  }

  /** This, as the store holds it after a commit. */
  public Membership atVersion(long stored) {
    return new Membership(
        id, stored, customer, plan, planName, checkout, state, createdAt, cancelReason);
  }
}
