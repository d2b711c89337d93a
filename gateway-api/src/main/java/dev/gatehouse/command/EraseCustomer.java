package dev.gatehouse.command;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;

/**
 * A person lets it be forgotten who a customer is.
 *
 * @param customer the customer
 * @param actor who decides so
 * @param reason why; names no customer
 */
public record EraseCustomer(
    @NotNull CustomerId customer,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
