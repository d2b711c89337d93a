package dev.gatehouse.event;

import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.MembershipState;

/**
 * A membership moved from one status to another. Why a member left is the membership's alone, and
 * not the event's: it may be personal, and events are kept for ever.
 *
 * @param header the event's id, time, subject and customer
 * @param membership the membership
 * @param plan its plan
 * @param planName its plan's name
 * @param from the status before
 * @param to the status now
 */
public record MembershipStatusChanged(
    EventHeader header,
    MembershipId membership,
    PlanId plan,
    String planName,
    MembershipState from,
    MembershipState to)
    implements LifecycleEvent {}
