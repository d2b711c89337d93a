package dev.gatehouse.payment;

import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What we asked for when we started a payment. Kept, because a request that is sent again must be
 * the same request, and because what the provider did is held against it.
 *
 * @param amount how much
 * @param capture whether the money is taken at once
 * @param method what the customer pays with
 * @param storeMethod whether the method is to be stored
 * @param initiator who started it
 * @param description shown to the customer
 * @param returnUrl where the customer comes back to
 */
public record ChargeTerms(
    Money amount,
    CaptureMode capture,
    PaymentMethod method,
    boolean storeMethod,
    Initiator initiator,
    Optional<String> description,
    Optional<URI> returnUrl) {}
