package dev.gatehouse.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.model.StripeError;
import com.stripe.param.SetupIntentCreateParams;
import com.stripe.param.SetupIntentRetrieveParams;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SetupIntents: methods that are stored without a charge. An attempt is a try of Stripe's; a
 * customer whose first one failed may try another card in the browser.
 */
final class StripeSetUps {
  /** The kind of the provider's ids. */
  static final String SETUP_INTENT = "setup_intent";

  private StripeSetUps() {}

  static SetupIntentCreateParams request(SetUpRequest request, String customer) {
    SetupIntentCreateParams.Builder params =
        SetupIntentCreateParams.builder()
            .setCustomer(customer)
            .addPaymentMethodType(request.method().type())
            .setUsage(SetupIntentCreateParams.Usage.OFF_SESSION)
            .setConfirm(true)
            .putMetadata(StripeFacts.REFERENCE, request.reference())
            .putMetadata(StripeFacts.OPERATION, request.idempotencyKey())
            .addExpand(StripeStored.METHOD);
    String token = token(request);
    if (StripeRequests.isConfirmation(token)) {
      params.setConfirmationToken(token);
    } else {
      params.setPaymentMethod(token);
    }
    params.putAllMetadata(StripeRequests.agreement(request.agreement()));
    request.returnUrl().ifPresent(url -> params.setReturnUrl(url.toString()));
    return params.build();
  }

  private static String token(SetUpRequest request) {
    if (request.method() instanceof dev.gatehouse.spi.PaymentMethod.Token token) {
      return token.token();
    }
    throw new InvalidInputException(
        new Problem(
            "method",
            "stripe.method",
            "names nothing that Stripe could store",
            "store a token of Stripe's script"));
  }

  static Outcome outcome(SetupIntent intent) {
    Snapshot seen = seen(Snapshot.builder(), intent).build();
    return switch (Unreadable.demand("status", intent.getStatus())) {
      case "succeeded" -> new Outcome.Succeeded(seen);
      case "requires_action" ->
          action(intent)
              .<Outcome>map(action -> new Outcome.ActionRequired(seen, action))
              .orElseGet(() -> new Outcome.Pending(seen));
      default -> new Outcome.Pending(seen);
    };
  }

  static Snapshot.Builder seen(Snapshot.Builder seen, SetupIntent intent) {
    return StripeFacts.guarded(
        () -> {
          String id = Unreadable.demand("id", intent.getId());
          seen.providerId(SETUP_INTENT, id)
              .mode(Unreadable.demand("livemode", intent.getLivemode()) ? Mode.LIVE : Mode.TEST);
          StripeFacts.reference(intent.getMetadata()).ifPresent(seen::reference);
          String attempt = intent.getLatestAttempt() == null ? id : intent.getLatestAttempt();
          seen.attempt(attempt, attempt(intent));
          PaymentMethod method = intent.getPaymentMethodObject();
          if (isStored(intent) && method != null && intent.getCustomer() != null) {
            seen.credential(
                    method.getId(),
                    StripeStored.credential(
                        method, intent.getCustomer(), intent.getCustomerObject()))
                .providerId(StripeStored.METHOD, method.getId());
          }
          return seen;
        });
  }

  private static boolean isStored(SetupIntent intent) {
    return "succeeded".equals(intent.getStatus()) && intent.getPaymentMethod() != null;
  }

  private static Attempt attempt(SetupIntent intent) {
    Attempt seen =
        Attempt.at(step(intent))
            .causedBy(StripeFacts.metadata(intent.getMetadata(), StripeFacts.OPERATION));
    if (isStored(intent)) {
      return seen.storing(intent.getPaymentMethod());
    }
    if (seen.step().isAt(AttemptStep.FAILED)) {
      StripeError error = intent.getLastSetupError();
      return seen.with(
          error == null ? Decline.of(DeclineCode.ABANDONED) : StripeErrors.decline(error));
    }
    return action(intent).map(seen::with).orElse(seen);
  }

  private static AttemptStep step(SetupIntent intent) {
    return switch (Unreadable.demand("status", intent.getStatus())) {
      case "succeeded" -> AttemptStep.SUCCEEDED;
      case "canceled" -> AttemptStep.FAILED;
      case "requires_action" -> AttemptStep.ACTION_NEEDED;
      case "processing" -> AttemptStep.PROCESSING;
      case "requires_payment_method" ->
          intent.getLastSetupError() == null ? AttemptStep.STARTED : AttemptStep.FAILED;
      // Also a status that we do not know: the intent is there.
      default -> AttemptStep.STARTED;
    };
  }

  private static Optional<CustomerAction> action(SetupIntent intent) {
    SetupIntent.NextAction next = intent.getNextAction();
    if (!"requires_action".equals(intent.getStatus()) || next == null) {
      return Optional.empty();
    }
    if (next.getRedirectToUrl() != null && next.getRedirectToUrl().getUrl() != null) {
      return Optional.of(CustomerAction.Redirect.to(URI.create(next.getRedirectToUrl().getUrl())));
    }
    return Optional.ofNullable(intent.getClientSecret()).map(CustomerAction.ClientToken::new);
  }

  /** By the intents that we know, else by listing what was made around the time of the send. */
  static Lookup find(StripeCall call, Clock clock, Trace trace) throws StripeException {
    Instant asOf = clock.instant();
    Instant certain = StripeListing.lastSend(trace).plus(StripeGatewayProvider.SETTLES);
    boolean settled = !asOf.isBefore(certain);
    List<SetupIntent> intents = new ArrayList<>();
    for (ProviderId id : trace.known().providerIds()) {
      if (id.kind().equals(SETUP_INTENT)) {
        intents.add(byId(call, id.id()));
      }
    }
    boolean listed = intents.isEmpty() && trace.reference().isPresent();
    if (listed) {
      // What is listed lacks the method, which is a list of its own to expand.
      for (SetupIntent one :
          new StripeListing(call, clock, trace).setUps(trace.reference().get())) {
        intents.add(byId(call, Unreadable.demand("id", one.getId())));
      }
    }
    if (intents.isEmpty()) {
      return new Lookup.AbsentAsOf(asOf, settled);
    }
    Snapshot.Builder seen = Snapshot.builder();
    intents.forEach(intent -> seen(seen, intent));
    if (listed && settled) {
      seen.complete(FactList.ATTEMPTS);
    }
    return new Lookup.Found(seen.build());
  }

  private static SetupIntent byId(StripeCall call, String id) throws StripeException {
    try {
      return call.client()
          .v1()
          .setupIntents()
          .retrieve(
              id, SetupIntentRetrieveParams.builder().addAllExpand(StripeStored.EXPANDED).build());
    } catch (InvalidRequestException e) {
      if ("resource_missing".equals(e.getCode())) {
        throw new StripeWhole.NotShown();
      }
      throw e;
    }
  }
}
