package dev.gatehouse.checkout;

import dev.gatehouse.id.PlanId;
import dev.gatehouse.validation.NonNegativeAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import org.joda.money.Money;

/**
 * A plan that customers can become members of.
 *
 * @param id the shop's id of it
 * @param name for customers
 * @param price zero for a free plan
 */
public record Plan(
    @NotNull PlanId id,
    @NotNull @SingleLine(max = 255) String name,
    @NotNull @NonNegativeAmount Money price) {}
