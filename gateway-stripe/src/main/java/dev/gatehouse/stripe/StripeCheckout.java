package dev.gatehouse.stripe;

import static dev.gatehouse.stripe.Unreadable.demand;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodOptions;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Payments on Stripe's own page: Checkout Sessions.
 *
 * <p>While the page is open, the attempt is known under the session's id. The intent is made when
 * the customer first tries to pay, and shows no attempt of its own; a charge that counts takes the
 * session's place. One that is declined is an attempt besides: the page stays open for another.
 */
final class StripeCheckout {
  /** The payment method type under which a charge goes to Stripe's page. */
  static final String METHOD = "checkout";

  /** The kind of a session's id. */
  static final String SESSION = "checkout_session";

  /** Marks in metadata that an intent belongs to a page. */
  private static final String MARK = "gatehouse_method";

  private StripeCheckout() {}

  static boolean isWanted(ChargeRequest request) {
    return METHOD.equals(request.method().type());
  }

  /** Whether the intent is paid on a page. */
  static boolean isPage(PaymentIntent intent) {
    return StripeFacts.metadata(intent.getMetadata(), MARK).filter(METHOD::equals).isPresent();
  }

  /**
   * One line with the whole sum, and our reference in the session and in its intent. When it
   * expires is left to Stripe, a day after it was made: a time of ours would be another one when
   * the same request is sent again, and that is an error under the same key.
   */
  static SessionCreateParams request(ChargeRequest request, StripeSettings settings) {
    String back =
        request
            .returnUrl()
            .filter(url -> !StripeRequests.isCustomerAway(request.initiator()))
            .map(URI::toString)
            .orElseThrow(StripeCheckout::nobodyIsThere);
    SessionCreateParams.Builder params =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .addLineItem(line(request))
            .setSuccessUrl(back)
            .setCancelUrl(back)
            .putMetadata(StripeFacts.REFERENCE, request.reference())
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
            .setPaymentIntentData(intentData(request, settings));
    if (settings.sendsReceipts()) {
      request.customer().email().ifPresent(params::setCustomerEmail);
    }
    if (settings.capturesInParts() && request.capture() == CaptureMode.MANUAL) {
      params.setPaymentMethodOptions(inParts());
    }
    return params.build();
  }

  private static PaymentMethodOptions inParts() {
    return PaymentMethodOptions.builder()
        .setCard(
            PaymentMethodOptions.Card.builder()
                .setRequestMulticapture(PaymentMethodOptions.Card.RequestMulticapture.IF_AVAILABLE)
                .build())
        .build();
  }

  private static InvalidInputException nobodyIsThere() {
    return new InvalidInputException(
        new Problem(
            "initiator",
            "stripe.checkout-without-customer",
            "is the merchant, and nobody could pay on Stripe's page",
            "use this method while the customer is there"));
  }

  private static LineItem line(ChargeRequest request) {
    return LineItem.builder()
        .setQuantity(1L)
        .setPriceData(
            LineItem.PriceData.builder()
                .setCurrency(StripeMoney.code(request.amount()))
                .setUnitAmount(StripeMoney.minor(request.amount()))
                .setProductData(
                    LineItem.PriceData.ProductData.builder()
                        .setName(request.description().orElse(request.reference()))
                        .build())
                .build())
        .build();
  }

  private static PaymentIntentData intentData(ChargeRequest request, StripeSettings settings) {
    PaymentIntentData.Builder data =
        PaymentIntentData.builder()
            .setCaptureMethod(capture(request.capture()))
            .putMetadata(StripeFacts.REFERENCE, request.reference())
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
            .putMetadata(MARK, METHOD);
    request.description().ifPresent(data::setDescription);
    settings.descriptorSuffix().ifPresent(data::setStatementDescriptorSuffix);
    if (settings.sendsReceipts()) {
      request.customer().email().ifPresent(data::setReceiptEmail);
    }
    return data.build();
  }

  /** Without a default: a later mode is a fault here, and never taken for a sale. */
  private static PaymentIntentData.CaptureMethod capture(CaptureMode mode) {
    return switch (mode) {
      case AUTOMATIC -> PaymentIntentData.CaptureMethod.AUTOMATIC;
      case MANUAL -> PaymentIntentData.CaptureMethod.MANUAL;
    };
  }

  /** What the answer to making a session shows: a page that nobody has seen yet. */
  static Snapshot made(Session session) {
    return StripeFacts.guarded(() -> into(Snapshot.builder(), session, Optional.empty(), List.of()))
        .build();
  }

  /** Where to send the customer, while the page is open. */
  static Optional<CustomerAction> action(Session session) {
    return Optional.ofNullable(session.getUrl())
        .filter(url -> "open".equals(session.getStatus()))
        .map(URI::create)
        .map(CustomerAction.Redirect::to);
  }

  /**
   * What a session shows, with what came of it.
   *
   * @param intent how it is paid; empty while nobody has tried
   * @param newestFirst the intent's charges
   */
  static Snapshot.Builder into(
      Snapshot.Builder seen,
      Session session,
      Optional<PaymentIntent> intent,
      List<Charge> newestFirst) {
    String id = demand("id", session.getId());
    seen.providerId(SESSION, id)
        .mode(demand("livemode", session.getLivemode()) ? Mode.LIVE : Mode.TEST)
        .currency(StripeMoney.currency(demand("currency", session.getCurrency())));
    StripeFacts.reference(session.getMetadata()).ifPresent(seen::reference);
    Attempt attempt =
        charge(session, newestFirst)
            .map(charge -> Attempt.at(AttemptStep.STARTED).supersededBy(charge))
            .orElseGet(() -> uncharged(session, intent));
    seen.attempt(
        id,
        attempt
            .with(StripeFacts.money(session.getAmountTotal(), session.getCurrency()))
            .causedBy(StripeFacts.metadata(session.getMetadata(), StripeFacts.OPERATION)));
    return seen;
  }

  /** The charge that takes the session's place: one that counts, or the last of a page in vain. */
  private static Optional<String> charge(Session session, List<Charge> newestFirst) {
    return newestFirst.stream()
        .filter(charge -> !"failed".equals(charge.getStatus()))
        .findFirst()
        .or(() -> isOpen(session) ? Optional.empty() : newestFirst.stream().findFirst())
        .map(charge -> demand("id", charge.getId()));
  }

  private static boolean isOpen(Session session) {
    return "open".equals(demand("status", session.getStatus()));
  }

  private static Attempt uncharged(Session session, Optional<PaymentIntent> intent) {
    return switch (demand("status", session.getStatus())) {
      case "open" -> {
        Attempt asking = Attempt.at(AttemptStep.ACTION_NEEDED);
        yield action(session).map(asking::with).orElse(asking);
      }
      case "expired" -> Attempt.declined(Decline.of(DeclineCode.ABANDONED));
      // The customer did their part; a bank, or a person at its counter, is to do the rest.
      case "complete" ->
          intent
              .flatMap(StripeFacts::failure)
              .map(Attempt::declined)
              .orElse(Attempt.at(AttemptStep.PROCESSING));
      default -> Attempt.at(AttemptStep.STARTED);
    };
  }
}
