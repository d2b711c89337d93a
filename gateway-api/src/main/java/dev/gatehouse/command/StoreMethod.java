package dev.gatehouse.command;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.validation.HttpsUrl;
import dev.gatehouse.validation.IdempotencyKey;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;

/**
 * Stores a payment method of a customer who is present, without a charge.
 *
 * @param customer whose it is
 * @param key the caller's key; the same key of the same customer stores once
 * @param gateway the gateway that is to store it
 * @param method what is to be stored; never a stored one
 * @param agreement what the customer agreed to
 * @param returnUrl where the customer comes back to after an action elsewhere; kept for good, so it
 *     holds no personal data
 */
public record StoreMethod(
    @NotNull CustomerId customer,
    @NotNull @IdempotencyKey String key,
    @NotNull GatewayInstanceId gateway,
    @NotNull @Valid PaymentMethod method,
    @NotNull @Valid Agreement agreement,
    @NotNull Optional<@HttpsUrl URI> returnUrl) {

  /** Without an address to come back to. */
  public StoreMethod(
      CustomerId customer,
      String key,
      GatewayInstanceId gateway,
      PaymentMethod method,
      Agreement agreement) {
    this(customer, key, gateway, method, agreement, Optional.empty());
  }

  /** This, with where the customer comes back to. */
  public StoreMethod returningTo(URI url) {
    return new StoreMethod(
        customer, key, gateway, method, agreement, Optional.of(required("returnUrl", url)));
  }
}
