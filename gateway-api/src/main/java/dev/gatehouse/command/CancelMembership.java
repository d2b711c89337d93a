package dev.gatehouse.command;

import dev.gatehouse.id.MembershipId;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;

/**
 * Ends a membership.
 *
 * @param membership the membership
 * @param reason why, in the words of whoever asks for it; kept with the membership until the member
 *     is erased, and in no event
 */
public record CancelMembership(
    @NotNull MembershipId membership, @NotNull @SingleLine(max = 512) String reason) {}
