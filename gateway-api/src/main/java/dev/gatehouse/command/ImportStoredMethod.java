package dev.gatehouse.command;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.validation.ForeignId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

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
 * @param owner the provider's id of the customer that it is stored for; needed where the provider
 *     stores methods for customers of its own, as Stripe does
 * @param details what people know it by
 */
public record ImportStoredMethod(
    @NotNull CustomerId customer,
    @NotNull GatewayInstanceId gateway,
    @NotNull @Valid PaymentMethod.Stored method,
    @NotNull Optional<@ForeignId String> owner,
    @NotNull MethodDetails details) {

  /** Of which nothing else is known. */
  public ImportStoredMethod(
      CustomerId customer, GatewayInstanceId gateway, PaymentMethod.Stored method) {
    this(customer, gateway, method, Optional.empty(), MethodDetails.none());
  }

  /** This, stored for a customer of the provider. */
  public ImportStoredMethod ownedBy(String theirId) {
    return new ImportStoredMethod(
        customer, gateway, method, Optional.of(required("owner", theirId)), details);
  }
}
