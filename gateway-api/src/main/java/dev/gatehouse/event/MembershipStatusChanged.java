package dev.gatehouse.event;

import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.membership.MembershipState;
import java.util.Optional;

/**
 * A membership moved from one status to another.
 *
 * @param header the event's id, time, subject and customer
 * @param membership the membership
 * @param plan its plan
 * @param planName its plan's name
 * @param from the status before
 * @param to the status now
 * @param reason why, if someone said so
 */
public record MembershipStatusChanged(
    EventHeader header,
    MembershipId membership,
    PlanId plan,
    String planName,
    MembershipState from,
    MembershipState to,
    Optional<String> reason)
    implements LifecycleEvent {}
