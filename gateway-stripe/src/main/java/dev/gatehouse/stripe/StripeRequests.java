package dev.gatehouse.stripe;

import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;

/** Writes our requests in Stripe's words. The same request gives the same parameters. */
final class StripeRequests {
  private static final String LATEST_CHARGE = "latest_charge";

  private StripeRequests() {}

  /** One intent, confirmed at once: making and confirming it are one effect under one key. */
  static PaymentIntentCreateParams charge(ChargeRequest request) {
    PaymentIntentCreateParams.Builder params =
        PaymentIntentCreateParams.builder()
            .setAmount(StripeMoney.minor(request.amount()))
            .setCurrency(StripeMoney.code(request.amount()))
            .setCaptureMethod(
                request.capture() == CaptureMode.MANUAL
                    ? PaymentIntentCreateParams.CaptureMethod.MANUAL
                    : PaymentIntentCreateParams.CaptureMethod.AUTOMATIC)
            .addPaymentMethodType(request.method().type())
            .setConfirm(true)
            .putMetadata(StripeFacts.REFERENCE, request.reference())
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
            .addExpand(LATEST_CHARGE);
    method(request.method()).ifPresent(params::setPaymentMethod);
    request.description().ifPresent(params::setDescription);
    request.customer().email().ifPresent(params::setReceiptEmail);
    if (request.initiator() == Initiator.MERCHANT) {
      params.setOffSession(true);
    } else {
      request.returnUrl().ifPresent(url -> params.setReturnUrl(url.toString()));
    }
    return params.build();
  }

  private static java.util.Optional<String> method(PaymentMethod method) {
    if (method instanceof PaymentMethod.Token token) {
      return java.util.Optional.of(token.token());
    }
    return method instanceof PaymentMethod.Stored stored
        ? java.util.Optional.of(stored.id())
        : java.util.Optional.empty();
  }

  /** Stripe releases what is not captured, whether or not this was to be the last capture. */
  static PaymentIntentCaptureParams capture(CaptureRequest request) {
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
    return RefundCreateParams.builder()
        .setCharge(request.capture())
        .setAmount(StripeMoney.minor(request.amount()))
        .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
        .build();
  }
}
