package dev.gatehouse.command;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.validation.ForeignId;
import jakarta.validation.constraints.NotNull;

/**
 * Removes a stored payment method of a customer, here at once and at the provider as soon as it can
 * be reached. Removing one that the customer does not have does nothing.
 *
 * @param customer whose it is
 * @param gateway the gateway instance that holds it
 * @param method the provider's id of the stored method
 */
public record RemoveStoredMethod(
    @NotNull CustomerId customer,
    @NotNull GatewayInstanceId gateway,
    @NotNull @ForeignId String method) {}
