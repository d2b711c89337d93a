package dev.gatehouse.command;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentMethod;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * Says that a payment method which the provider stores already is a customer's, such as after a
 * migration of credentials on file from another system. Methods that were stored by a payment
 * through Gatehouse are known to be their customer's and need no import. Importing the same method
 * again does nothing.
 *
 * <p>Nobody checks whose it really is: the application vouches for that. Never pass on what a
 * browser sent.
 *
 * @param customer whose it is
 * @param gateway the gateway instance that holds it
 * @param method the type and the provider's id of the stored method
 */
public record ImportStoredMethod(
    @NotNull CustomerId customer,
    @NotNull GatewayInstanceId gateway,
    @NotNull @Valid PaymentMethod.Stored method) {}
