package dev.gatehouse.event;

import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PlanId;

/**
 * The membership that a checkout brought.
 *
 * @param id ours
 * @param plan its plan
 * @param planName its plan's name
 */
public record MembershipSummary(MembershipId id, PlanId plan, String planName) {}
