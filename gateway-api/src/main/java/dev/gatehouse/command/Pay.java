package dev.gatehouse.command;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.validation.HttpsUrl;
import dev.gatehouse.validation.IdempotencyKey;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;

/**
 * Tries to pay a checkout. A new try after a failure is a new command under a new key.
 *
 * @param checkout the checkout
 * @param key the caller's key; the same key starts one payment, however often the button is pressed
 * @param gateway the gateway to go through
 * @param method what the customer pays with
 * @param capture whether the money is taken at once
 * @param storeMethod whether the method is to be stored for charges without the customer
 * @param initiator who starts the charge
 * @param description shown to the customer; kept for good, so it holds no personal data
 * @param returnUrl where the customer comes back to after an action elsewhere; kept for good, so it
 *     holds no personal data
 * @param agreement what the customer agrees to when the method is stored; goes with later charges
 *     of it by itself
 */
public record Pay(
    @NotNull CheckoutId checkout,
    @NotNull @IdempotencyKey String key,
    @NotNull GatewayInstanceId gateway,
    @NotNull @Valid PaymentMethod method,
    @NotNull CaptureMode capture,
    boolean storeMethod,
    @NotNull Initiator initiator,
    @NotNull Optional<@SingleLine(max = 1024) String> description,
    @NotNull Optional<@HttpsUrl URI> returnUrl,
    @NotNull Optional<@Valid Agreement> agreement) {

  /** Without an agreement. */
  public Pay(
      CheckoutId checkout,
      String key,
      GatewayInstanceId gateway,
      PaymentMethod method,
      CaptureMode capture,
      boolean storeMethod,
      Initiator initiator,
      Optional<String> description,
      Optional<URI> returnUrl) {
    this(
        checkout,
        key,
        gateway,
        method,
        capture,
        storeMethod,
        initiator,
        description,
        returnUrl,
        Optional.empty());
  }

  /** A sale to a customer who is present. */
  public static Pay sale(
      CheckoutId checkout, String key, GatewayInstanceId gateway, PaymentMethod method) {
    return new Pay(
        checkout,
        key,
        gateway,
        method,
        CaptureMode.AUTOMATIC,
        false,
        Initiator.CUSTOMER,
        Optional.empty(),
        Optional.empty());
  }

  /** This, holding the money instead of taking it. */
  public Pay holdOnly() {
    return with(CaptureMode.MANUAL, storeMethod, initiator, description, returnUrl, agreement);
  }

  /** This, storing the method for later. */
  public Pay storingMethod() {
    return with(capture, true, initiator, description, returnUrl, agreement);
  }

  /**
   * This, storing the method for what the customer agrees to: charges without them.
   *
   * @throws dev.gatehouse.error.InvalidInputException if it is missing; its form is checked when
   *     the command is given
   */
  public Pay storingMethod(Agreement agreed) {
    return with(
        capture,
        true,
        initiator,
        description,
        returnUrl,
        Optional.of(required("agreement", agreed)));
  }

  /**
   * This, asked for by the merchant while the customer is away, as the two agreed before. Only a
   * stored method can be charged so.
   */
  public Pay withoutCustomer() {
    return with(capture, storeMethod, Initiator.MERCHANT, description, returnUrl, agreement);
  }

  /**
   * This, with words that the customer may read on the provider's page or on a statement: one line
   * of up to 1,024 characters. A gateway may allow less; more is refused before anything is sent.
   *
   * @throws dev.gatehouse.error.InvalidInputException if it is missing; its form is checked when
   *     the command is given
   */
  public Pay describedAs(String text) {
    return with(
        capture,
        storeMethod,
        initiator,
        Optional.of(required("description", text)),
        returnUrl,
        agreement);
  }

  /**
   * This, with where the customer comes back to: an absolute https address.
   *
   * @throws dev.gatehouse.error.InvalidInputException if it is missing; its form is checked when
   *     the command is given
   */
  public Pay returningTo(URI url) {
    return with(
        capture,
        storeMethod,
        initiator,
        description,
        Optional.of(required("returnUrl", url)),
        agreement);
  }

  private Pay with(
      CaptureMode mode,
      boolean store,
      Initiator who,
      Optional<String> text,
      Optional<URI> url,
      Optional<Agreement> agreed) {
    return new Pay(checkout, key, gateway, method, mode, store, who, text, url, agreed);
  }
}
