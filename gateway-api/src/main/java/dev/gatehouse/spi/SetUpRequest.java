package dev.gatehouse.spi;

import dev.gatehouse.validation.HttpsUrl;
import dev.gatehouse.validation.Identifier;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;

/**
 * A request to store a payment method without a charge, for charges without the customer. Where a
 * provider or a bank must check the method for that, no money is taken or held.
 *
 * @param reference our reference; must reach the provider. At most 64 of {@code A-Za-z0-9._-}
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param method what is to be stored; never a stored one
 * @param agreement what the customer agreed to
 * @param returnUrl where the customer comes back to after an action elsewhere; there if the method
 *     {@linkplain MethodSpec#needsReturnUrl needs} it
 * @param customer whose method it is, and what the provider may be told of them
 */
public record SetUpRequest(
    @NotNull @Identifier(max = 64) @Pattern(regexp = Forms.REFERENCE) String reference,
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @Valid PaymentMethod method,
    @NotNull @Valid Agreement agreement,
    @NotNull Optional<@HttpsUrl URI> returnUrl,
    @NotNull @Valid CustomerDetails customer) {

  /** This, with where the customer comes back to. */
  public SetUpRequest returningTo(URI url) {
    return new SetUpRequest(
        reference, idempotencyKey, method, agreement, Optional.of(url), customer);
  }

  /** This, by another customer. */
  public SetUpRequest by(CustomerDetails who) {
    return new SetUpRequest(reference, idempotencyKey, method, agreement, returnUrl, who);
  }
}
