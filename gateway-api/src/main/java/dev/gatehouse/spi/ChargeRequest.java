package dev.gatehouse.spi;

import dev.gatehouse.validation.HttpsUrl;
import dev.gatehouse.validation.Identifier;
import dev.gatehouse.validation.PositiveAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A request to take or to hold money.
 *
 * @param reference our reference; must reach the provider. At most 64 of {@code A-Za-z0-9._-}
 * @param idempotencyKey goes with every mutating request that the call sends. At most 100 of {@code
 *     A-Za-z0-9._-}
 * @param amount how much; more than zero, in a currency that the gateway declares
 * @param capture whether the money is taken at once
 * @param method what the customer pays with; with a token or without as the gateway {@linkplain
 *     MethodSpec#token declares}
 * @param storeMethod whether the method is to be stored for charges without the customer
 * @param initiator who starts the charge
 * @param description shown to the customer; at most as long as the gateway declares
 * @param returnUrl where the customer comes back to after an action elsewhere; there for a customer
 *     who is present if the method {@linkplain MethodSpec#needsReturnUrl needs} it
 * @param customer what the provider may be told of the customer
 * @param agreement what the customer agrees to, or agreed to before: with a method that is to be
 *     stored, and with one that the merchant charges; empty if the application did not say
 * @param lines what it is for, for providers that show it: none, or all of it, so that they sum up
 *     to the amount exactly. A provider that holds a charge to its lines refuses others before it
 *     sends anything
 */
public record ChargeRequest(
    @NotNull @Identifier(max = 64) @Pattern(regexp = Forms.REFERENCE) String reference,
    @NotNull @Identifier(max = 100) @Pattern(regexp = Forms.KEY) String idempotencyKey,
    @NotNull @PositiveAmount Money amount,
    @NotNull CaptureMode capture,
    @NotNull @Valid PaymentMethod method,
    boolean storeMethod,
    @NotNull Initiator initiator,
    @NotNull Optional<@SingleLine(max = 1024) String> description,
    @NotNull Optional<@HttpsUrl URI> returnUrl,
    @NotNull @Valid CustomerDetails customer,
    @NotNull Optional<@Valid Agreement> agreement,
    @NotNull List<@Valid ChargeLine> lines) {

  /** Without an agreement and lines, as it was in version 1 of the SPI. */
  public ChargeRequest(
      String reference,
      String idempotencyKey,
      Money amount,
      CaptureMode capture,
      PaymentMethod method,
      boolean storeMethod,
      Initiator initiator,
      Optional<String> description,
      Optional<URI> returnUrl,
      CustomerDetails customer) {
    this(
        reference,
        idempotencyKey,
        amount,
        capture,
        method,
        storeMethod,
        initiator,
        description,
        returnUrl,
        customer,
        Optional.empty(),
        List.of());
  }

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

  /** This, holding the money instead of taking it. */
  public ChargeRequest holdOnly() {
    return with(CaptureMode.MANUAL, storeMethod, initiator, description, returnUrl);
  }

  /** This, storing the method for later. */
  public ChargeRequest storingMethod() {
    return with(capture, true, initiator, description, returnUrl);
  }

  /** This, by the merchant while the customer is away. */
  public ChargeRequest withoutCustomer() {
    return with(capture, storeMethod, Initiator.MERCHANT, description, returnUrl);
  }

  /** This, with words for the customer. */
  public ChargeRequest describedAs(String text) {
    return with(capture, storeMethod, initiator, Optional.of(text), returnUrl);
  }

  /** This, with where the customer comes back to. */
  public ChargeRequest returningTo(URI url) {
    return with(capture, storeMethod, initiator, description, Optional.of(url));
  }

  /** This, with what the provider may be told of the customer. */
  public ChargeRequest by(CustomerDetails who) {
    return new ChargeRequest(
        reference,
        idempotencyKey,
        amount,
        capture,
        method,
        storeMethod,
        initiator,
        description,
        returnUrl,
        who,
        agreement,
        lines);
  }

  /** This, as the customer agreed to. */
  public ChargeRequest under(Agreement agreed) {
    return new ChargeRequest(
        reference,
        idempotencyKey,
        amount,
        capture,
        method,
        storeMethod,
        initiator,
        description,
        returnUrl,
        customer,
        Optional.of(agreed),
        lines);
  }

  /** This, for these lines. */
  public ChargeRequest of(List<ChargeLine> all) {
    return new ChargeRequest(
        reference,
        idempotencyKey,
        amount,
        capture,
        method,
        storeMethod,
        initiator,
        description,
        returnUrl,
        customer,
        agreement,
        List.copyOf(all));
  }

  private ChargeRequest with(
      CaptureMode mode, boolean store, Initiator who, Optional<String> text, Optional<URI> url) {
    return new ChargeRequest(
        reference,
        idempotencyKey,
        amount,
        mode,
        method,
        store,
        who,
        text,
        url,
        customer,
        agreement,
        lines);
  }
}
