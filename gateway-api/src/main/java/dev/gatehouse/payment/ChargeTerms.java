package dev.gatehouse.payment;

import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import java.net.URI;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What we asked for when we started a payment; no money, if it is about a stored method alone.
 * Kept, because a request that is sent again must be the same request, and because what the
 * provider did is held against it.
 *
 * @param amount how much
 * @param capture whether the money is taken at once
 * @param method what the customer pays with
 * @param storeMethod whether the method is to be stored
 * @param initiator who started it
 * @param description shown to the customer
 * @param returnUrl where the customer comes back to
 * @param agreement what the customer agreed to about charges without them
 */
public record ChargeTerms(
    Money amount,
    CaptureMode capture,
    PaymentMethod method,
    boolean storeMethod,
    Initiator initiator,
    Optional<String> description,
    Optional<URI> returnUrl,
    Optional<Agreement> agreement) {
  /** No money; ISO 4217 has a currency for that. */
  private static final Money NOTHING = Money.zero(CurrencyUnit.of("XXX"));

  /** Without an agreement. */
  public ChargeTerms(
      Money amount,
      CaptureMode capture,
      PaymentMethod method,
      boolean storeMethod,
      Initiator initiator,
      Optional<String> description,
      Optional<URI> returnUrl) {
    this(amount, capture, method, storeMethod, initiator, description, returnUrl, Optional.empty());
  }

  /** Of storing a method without a charge. */
  public static ChargeTerms setUp(
      PaymentMethod method, Agreement agreement, Optional<URI> returnUrl) {
    return new ChargeTerms(
        NOTHING,
        CaptureMode.AUTOMATIC,
        method,
        true,
        Initiator.CUSTOMER,
        Optional.empty(),
        returnUrl,
        Optional.of(agreement));
  }

  /** Of removing a stored method. */
  public static ChargeTerms removal(PaymentMethod.Stored method) {
    return new ChargeTerms(
        NOTHING,
        CaptureMode.AUTOMATIC,
        method,
        false,
        Initiator.MERCHANT,
        Optional.empty(),
        Optional.empty());
  }

  /** These, under another agreement or none. */
  public ChargeTerms under(Optional<Agreement> agreed) {
    return new ChargeTerms(
        amount, capture, method, storeMethod, initiator, description, returnUrl, agreed);
  }
}
