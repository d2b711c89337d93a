package dev.gatehouse.stripe;

import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import java.util.Optional;
import org.joda.money.Money;

/** Writes our requests in Stripe's words. The same request gives the same parameters. */
final class StripeRequests {
  private static final String LATEST_CHARGE = "latest_charge";

  private StripeRequests() {}

  /**
   * One intent, confirmed at once: making and confirming it are one effect under one key.
   *
   * @param withReceipt tells the customer's address, to which Stripe mails in live mode, whatever
   *     the account's settings say
   */
  static PaymentIntentCreateParams charge(ChargeRequest request, boolean withReceipt) {
    PaymentIntentCreateParams.Builder params =
        PaymentIntentCreateParams.builder()
            .setAmount(StripeMoney.minor(request.amount()))
            .setCurrency(StripeMoney.code(request.amount()))
            .setCaptureMethod(capture(request.capture()))
            .addPaymentMethodType(request.method().type())
            .setPaymentMethod(method(request.method()))
            .setConfirm(true)
            .putMetadata(StripeFacts.REFERENCE, request.reference())
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
            .addExpand(LATEST_CHARGE);
    request.description().ifPresent(params::setDescription);
    if (withReceipt) {
      request.customer().email().ifPresent(params::setReceiptEmail);
    }
    if (isCustomerAway(request.initiator())) {
      params.setOffSession(true);
    } else {
      request.returnUrl().ifPresent(url -> params.setReturnUrl(url.toString()));
    }
    return params.build();
  }

  /** Without a default: a later mode is a fault here, and never taken for a sale. */
  private static PaymentIntentCreateParams.CaptureMethod capture(CaptureMode mode) {
    return switch (mode) {
      case AUTOMATIC -> PaymentIntentCreateParams.CaptureMethod.AUTOMATIC;
      case MANUAL -> PaymentIntentCreateParams.CaptureMethod.MANUAL;
    };
  }

  private static boolean isCustomerAway(Initiator initiator) {
    return switch (initiator) {
      case CUSTOMER -> false;
      case MERCHANT -> true;
    };
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

  /** Stripe releases what is not captured, whether or not this was to be the last capture. */
  static PaymentIntentCaptureParams capture(CaptureRequest request) {
    demandSameCurrency(
        request.amount(),
        Optional.ofNullable(request.trace().known().authorizations().get(request.authorization()))
            .flatMap(hold -> hold.amount().value()));
    return PaymentIntentCaptureParams.builder()
        .setAmountToCapture(StripeMoney.minor(request.amount()))
        .putMetadata(StripeFacts.CAPTURE, request.idempotencyKey())
        .addExpand(LATEST_CHARGE)
        .build();
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
    return RefundCreateParams.builder()
        .setCharge(request.capture())
        .setAmount(StripeMoney.minor(request.amount()))
        .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
        .build();
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
