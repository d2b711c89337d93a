package dev.gatehouse.stripe;

import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;

/** Writes our requests in Stripe's words. The same request gives the same parameters. */
final class StripeRequests {
  /** The payment method type under which a token may be of any kind that the account takes. */
  static final String AUTOMATIC = "automatic";

  static final String LATEST_CHARGE = "latest_charge";

  private StripeRequests() {}

  /**
   * One intent, confirmed at once: making and confirming it are one effect under one key.
   *
   * @param settings whether the customer's address is told, to which Stripe mails in live mode,
   *     whatever the account's settings say; and what stands on statements
   * @param customer Stripe's id of the customer that methods are stored for
   */
  static PaymentIntentCreateParams charge(
      ChargeRequest request, StripeSettings settings, Optional<String> customer) {
    PaymentIntentCreateParams.Builder params =
        PaymentIntentCreateParams.builder()
            .setAmount(StripeMoney.minor(request.amount()))
            .setCurrency(StripeMoney.code(request.amount()))
            .setCaptureMethod(capture(request.capture()))
            .setConfirm(true)
            .putMetadata(StripeFacts.REFERENCE, request.reference())
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
            .addExpand(LATEST_CHARGE);
    if (settings.capturesInParts() && request.capture() == CaptureMode.MANUAL) {
      params.setPaymentMethodOptions(StripeParts.wanted());
    }
    String method = method(request.method());
    if (isConfirmation(method)) {
      params.setConfirmationToken(method);
    } else {
      params.setPaymentMethod(method);
    }
    request.description().ifPresent(params::setDescription);
    settings.descriptorSuffix().ifPresent(params::setStatementDescriptorSuffix);
    if (AUTOMATIC.equals(request.method().type())) {
      params.setAutomaticPaymentMethods(automatic(request));
    } else {
      params.addPaymentMethodType(request.method().type());
    }
    customer.ifPresent(params::setCustomer);
    if (request.storeMethod()) {
      params.setSetupFutureUsage(PaymentIntentCreateParams.SetupFutureUsage.OFF_SESSION);
    }
    request.agreement().ifPresent(agreed -> params.putAllMetadata(agreement(agreed)));
    if (settings.sendsReceipts()) {
      request.customer().email().ifPresent(params::setReceiptEmail);
    }
    if (isCustomerAway(request.initiator())) {
      params.setOffSession(true);
    } else {
      request.returnUrl().ifPresent(url -> params.setReturnUrl(url.toString()));
    }
    return params.build();
  }

  /** The words that the customer accepted, kept where disputes are answered from. */
  static Map<String, String> agreement(Agreement agreed) {
    return Map.of(
        "gatehouse_agreement", agreed.text(),
        "gatehouse_agreement_use", use(agreed.use()),
        "gatehouse_agreed_at", agreed.acceptedAt().toString());
  }

  private static String use(Agreement.Use use) {
    return switch (use) {
      case RECURRING -> "recurring";
      case UNSCHEDULED -> "unscheduled";
    };
  }

  /** Whatever the dashboard allows; what redirects, only where the customer can come back. */
  private static PaymentIntentCreateParams.AutomaticPaymentMethods automatic(
      ChargeRequest request) {
    boolean comesBack = !isCustomerAway(request.initiator()) && request.returnUrl().isPresent();
    return PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
        .setEnabled(true)
        .setAllowRedirects(
            comesBack
                ? PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.ALWAYS
                : PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
        .build();
  }

  /** Without a default: a later mode is a fault here, and never taken for a sale. */
  private static PaymentIntentCreateParams.CaptureMethod capture(CaptureMode mode) {
    return switch (mode) {
      case AUTOMATIC -> PaymentIntentCreateParams.CaptureMethod.AUTOMATIC;
      case MANUAL -> PaymentIntentCreateParams.CaptureMethod.MANUAL;
    };
  }

  static boolean isCustomerAway(Initiator initiator) {
    return switch (initiator) {
      case CUSTOMER -> false;
      case MERCHANT -> true;
    };
  }

  /**
   * Whether a token brings more than a method: also the mandate that the customer accepted in
   * Stripe's script, with the address on the network and the browser that Stripe wants for debits.
   */
  static boolean isConfirmation(String token) {
    return token.startsWith("ctoken_");
  }

  /** What to charge. A method that names none is not sent at all. */
  private static String method(PaymentMethod method) {
    if (method instanceof PaymentMethod.Token token) {
      return token.token();
    }
    if (method instanceof PaymentMethod.Stored stored) {
      return stored.id();
    }
    throw new InvalidInputException(
        new Problem(
            "method",
            "stripe.method",
            "names nothing that Stripe could charge",
            "pay with a token of Stripe's script"));
  }

  /**
   * A capture, after which Stripe releases the rest unless there may be more of them. One of the
   * whole hold leaves nothing to keep.
   */
  static PaymentIntentCaptureParams capture(CaptureRequest request, StripeSettings settings) {
    Optional<Money> held =
        Optional.ofNullable(request.trace().known().authorizations().get(request.authorization()))
            .flatMap(hold -> hold.amount().value());
    demandSameCurrency(request.amount(), held);
    PaymentIntentCaptureParams.Builder params =
        PaymentIntentCaptureParams.builder()
            .setAmountToCapture(StripeMoney.minor(request.amount()))
            .putMetadata(StripeFacts.CAPTURE, request.idempotencyKey())
            .addExpand(LATEST_CHARGE);
    if (settings.capturesInParts()) {
      params.putAllMetadata(StripeParts.entry(request.idempotencyKey(), request.amount()));
    }
    if (!request.isFinal() && held.filter(request.amount()::isEqual).isEmpty()) {
      demandParts(settings);
      params.setFinalCapture(false);
    }
    return params.build();
  }

  private static void demandParts(StripeSettings settings) {
    if (!settings.capturesInParts()) {
      throw new InvalidInputException(
          new Problem(
              "isFinal",
              StripeErrors.MULTIPLE_CAPTURES,
              "is false, and the rest would be released all the same",
              "capture this hold once, and finally; if your contract with Stripe has several"
                  + " captures, set '"
                  + StripeGatewayProvider.MULTIPLE_CAPTURES
                  + "' to true for holds to come"));
    }
  }

  static PaymentIntentCancelParams release() {
    return PaymentIntentCancelParams.builder().addExpand(LATEST_CHARGE).build();
  }

  /** Our reason is for people; Stripe's list of reasons feeds its fraud rules. */
  static RefundCreateParams refund(RefundRequest request) {
    demandSameCurrency(
        request.amount(),
        Optional.ofNullable(request.trace().known().movements().get(request.capture()))
            .flatMap(capture -> capture.amount().value()));
    String charge = StripeParts.chargeOf(request.capture());
    RefundCreateParams.Builder params =
        RefundCreateParams.builder()
            .setCharge(charge)
            .setAmount(StripeMoney.minor(request.amount()))
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey());
    if (!charge.equals(request.capture())) {
      params.putMetadata(StripeMovements.CAPTURE, request.capture());
    }
    return params.build();
  }

  /** Stripe asks for a number here, and would take yen for so many of what was held or taken. */
  private static void demandSameCurrency(Money asked, Optional<Money> known) {
    if (known.filter(money -> !money.isSameCurrency(asked)).isPresent()) {
      throw new InvalidInputException(
          new Problem(
              "amount",
              "stripe.currency",
              "is in " + asked.getCurrencyUnit() + ", and not in the currency of the payment",
              "give an amount in the payment's own currency"));
    }
  }
}
