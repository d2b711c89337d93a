package dev.gatehouse.spi;

import dev.gatehouse.validation.HttpsUrl;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.PositiveAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A request to take or to hold money.
 *
 * @param reference our reference; must reach the provider. The engine's own are at most 60 of
 *     {@code A-Za-z0-9._-}
 * @param idempotencyKey goes with every mutating request that the call sends; the engine's own are
 *     at most 100 of {@code A-Za-z0-9._-}
 * @param amount how much; more than zero, in a currency that the gateway declares
 * @param capture whether the money is taken at once
 * @param method what the customer pays with
 * @param storeMethod whether the method is to be stored for charges without the customer
 * @param initiator who starts the charge
 * @param description shown to the customer; cut or refused as the gateway declares
 * @param returnUrl where the customer comes back to after an action elsewhere
 * @param customer what the provider may be told of the customer
 */
public record ChargeRequest(
    @NotNull @Identifier(max = 64) String reference,
    @NotNull @Identifier String idempotencyKey,
    @NotNull @PositiveAmount Money amount,
    @NotNull CaptureMode capture,
    @NotNull @Valid PaymentMethod method,
    boolean storeMethod,
    @NotNull Initiator initiator,
    @NotNull Optional<@SingleLine(max = 1024) String> description,
    @NotNull Optional<@HttpsUrl URI> returnUrl,
    @NotNull @Valid CustomerDetails customer) {

  /** A sale by a customer who is present, with nothing optional. */
  public static ChargeRequest sale(
      String reference, String idempotencyKey, Money amount, PaymentMethod method) {
    return new ChargeRequest(
        reference,
        idempotencyKey,
        amount,
        CaptureMode.AUTOMATIC,
        method,
        false,
        Initiator.CUSTOMER,
        Optional.empty(),
        Optional.empty(),
        CustomerDetails.none());
  }
}
