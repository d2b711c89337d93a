package dev.gatehouse.stripe;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.SetupIntent;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.service.PaymentIntentService;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.LinksToDashboard;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.RemovesMethods;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.SetsUpMethods;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One opened gateway to Stripe. Keeps no state but whether it is closed. */
final class StripeGateway
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard,
        SetsUpMethods,
        RemovesMethods {
  private static final Failure CLOSED =
      Failure.of(ErrorCategory.NOT_SENT, "gateway.closed", "the gateway is closed");

  private final StripeSettings settings;
  private final GatewayEnvironment environment;
  private final StripeWebhooks webhooks;
  private volatile boolean closed;

  StripeGateway(StripeSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.webhooks = new StripeWebhooks(settings.webhookSecrets(), environment);
  }

  /** Something that the SDK is asked to do. */
  private interface Sent {
    Outcome by(StripeCall call) throws StripeException;
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return StripeCheckout.isWanted(request) ? openPage(request) : chargeNow(request);
  }

  /** A page of Stripe's, on which the customer pays. */
  private Outcome openPage(ChargeRequest request) {
    return send(
        call -> {
          Session session =
              call.client()
                  .v1()
                  .checkout()
                  .sessions()
                  .create(
                      StripeCheckout.request(request, settings),
                      StripeCall.under(request.idempotencyKey()));
          Snapshot seen = StripeCheckout.made(session);
          return StripeCheckout.action(session)
              .<Outcome>map(action -> new Outcome.ActionRequired(seen, action))
              .orElseGet(() -> new Outcome.Pending(seen));
        });
  }

  private Outcome chargeNow(ChargeRequest request) {
    return send(
        call -> {
          try {
            return chargeBy(call, request);
          } catch (InvalidRequestException e) {
            if (request.method() instanceof PaymentMethod.Stored stored) {
              return refused(call, stored.id(), request.customer().providerId(), e);
            }
            throw e;
          }
        });
  }

  private Outcome chargeBy(StripeCall call, ChargeRequest request) throws StripeException {
    return ofCharge(
        call.client()
            .v1()
            .paymentIntents()
            .create(
                StripeRequests.charge(request, settings, customerOf(call, request)),
                StripeCall.under(request.idempotencyKey())),
        request.capture());
  }

  /**
   * A method that is stored no more is declined for good, and is the customer's no more. Without
   * its owner, nobody can tell it from one of another account.
   */
  private static Outcome refused(
      StripeCall call, String method, Optional<String> owner, InvalidRequestException refused)
      throws StripeException {
    if (owner.isEmpty()) {
      throw refused;
    }
    return switch (StripeMissing.of(call, method, owner, refused)) {
      case STORED -> throw refused;
      case ELSEWHERE -> new Outcome.NotSent(StripeErrors.otherAccount(call));
      case GONE ->
          new Outcome.Declined(
              removed(method), Decline.of(DeclineCode.REVOCATION_OF_AUTHORIZATION));
    };
  }

  /** Stripe stores a method for a customer, and charges it for that one alone. */
  private static Optional<String> customerOf(StripeCall call, ChargeRequest request)
      throws StripeException {
    if (request.storeMethod()) {
      return Optional.of(new StripeCustomers(call).idOf(request.customer()));
    }
    return request.method() instanceof PaymentMethod.Stored
        ? request.customer().providerId()
        : Optional.empty();
  }

  @Override
  public Outcome setUp(SetUpRequest request) {
    return send(
        call ->
            StripeSetUps.outcome(
                call.client()
                    .v1()
                    .setupIntents()
                    .create(
                        StripeSetUps.request(
                            request, new StripeCustomers(call).idOf(request.customer())),
                        StripeCall.under(request.idempotencyKey()))));
  }

  @Override
  public Lookup lookupSetUp(Trace trace) {
    return closed
        ? new Lookup.CannotTell(CLOSED)
        : new StripeLookup(call(), environment.clock()).findSetUp(trace);
  }

  @Override
  public Outcome remove(RemoveRequest request) {
    return send(
        call -> {
          try {
            call.client()
                .v1()
                .paymentMethods()
                .detach(request.method(), StripeCall.under(request.idempotencyKey()));
          } catch (InvalidRequestException e) {
            switch (StripeMissing.of(call, request.method(), request.owner(), e)) {
              case STORED -> throw e;
              case ELSEWHERE -> {
                return new Outcome.NotSent(StripeErrors.otherAccount(call));
              }
              case GONE -> {
                // What is wanted is so.
              }
            }
          }
          return new Outcome.Succeeded(removed(request.method()));
        });
  }

  private static Snapshot removed(String method) {
    return Snapshot.builder().credential(method, Credential.removed()).build();
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return send(
        call -> {
          PaymentIntent intent =
              call.client()
                  .v1()
                  .paymentIntents()
                  .capture(
                      intentOf(call, request.trace(), request.authorization()),
                      StripeRequests.capture(request, settings),
                      StripeCall.under(request.idempotencyKey()));
          boolean mayGoOn = !request.isFinal() && "requires_capture".equals(intent.getStatus());
          return when(mayGoOn ? "requires_capture" : "succeeded", intent);
        });
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return send(
        call -> {
          String id = intentOf(call, request.trace(), request.authorization());
          PaymentIntentService intents = call.client().v1().paymentIntents();
          RequestOptions key = StripeCall.under(request.idempotencyKey());
          return StripeParts.isBegun(request)
              ? when("succeeded", intents.capture(id, StripeParts.release(request), key))
              : when("canceled", intents.cancel(id, StripeRequests.release(), key));
        });
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return send(
        call -> {
          Refund refund =
              call.client()
                  .v1()
                  .refunds()
                  .create(
                      StripeRequests.refund(request), StripeCall.under(request.idempotencyKey()));
          Snapshot.Builder seen = Snapshot.builder();
          StripeFacts.guarded(
              () -> {
                StripeMovements.refund(seen, refund, Optional.of(request.capture()));
                return seen;
              });
          return switch (StripeMovements.step(refund.getStatus())) {
            case DONE -> new Outcome.Succeeded(seen.build());
            case NEVER, UNDONE ->
                new Outcome.Declined(
                    seen.build(),
                    new Decline(
                        DeclineCode.PROCESSING_ERROR,
                        dev.gatehouse.facts.DeclineAdvice.NONE,
                        refund.getFailureReason() == null ? "" : refund.getFailureReason(),
                        ""));
            case OPEN -> new Outcome.Pending(seen.build());
          };
        });
  }

  private static Outcome when(String wanted, PaymentIntent intent) {
    Snapshot seen = seen(intent);
    return wanted.equals(intent.getStatus())
        ? new Outcome.Succeeded(seen)
        : new Outcome.Pending(seen);
  }

  @Override
  public Lookup lookup(Trace trace) {
    return closed
        ? new Lookup.CannotTell(CLOSED)
        : new StripeLookup(call(), environment.clock()).find(trace);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  @Override
  public Changes changesSince(Instant since) {
    return closed
        ? new Changes.CannotTell(CLOSED)
        : new StripeChanges(call(), environment).since(since);
  }

  @Override
  public Optional<URI> paymentPage(Trace trace) {
    String mode = environment.mode() == dev.gatehouse.facts.Mode.LIVE ? "" : "test/";
    return trace
        .providerId(StripeFacts.INTENT)
        .map(id -> URI.create("https://dashboard.stripe.com/" + mode + "payments/" + id));
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "StripeGateway[" + environment.instance() + "]";
  }

  private StripeCall call() {
    return new StripeCall(settings, environment);
  }

  /** What became of it; an answer that can't be read may still have had its effect. */
  private Outcome send(Sent sent) {
    if (closed) {
      return new Outcome.NotSent(CLOSED);
    }
    try {
      return answered(sent, call());
    } catch (TransportException.NotSent e) {
      return new Outcome.NotSent(StripeErrors.transport(e));
    } catch (TransportException e) {
      return new Outcome.Unknown(StripeErrors.transport(e));
    } catch (InvalidInputException e) {
      // What we were asked for can't be written; what was answered is read under guard.
      return new Outcome.NotSent(
          Failure.of(e.category(), e.problems().get(0).code(), String.valueOf(e.getMessage())));
    } catch (Unreadable e) {
      return new Outcome.Unknown(
          StripeErrors.unknown("answer.unreadable", String.valueOf(e.getMessage())));
    }
  }

  /** What Stripe answered, be it an error; its errors have to be readable, too. */
  private static Outcome answered(Sent sent, StripeCall call) {
    try {
      return sent.by(call);
    } catch (CardException e) {
      return declined(e);
    } catch (StripeException e) {
      Optional<Failure> refused = StripeErrors.certainRefusal(e, call);
      return refused.isPresent()
          ? new Outcome.NotSent(refused.get())
          : new Outcome.Unknown(StripeErrors.unclear(e));
    }
  }

  /** The card network's word, if Stripe's own error brings it. */
  private static Outcome declined(CardException e) {
    StripeError error = e.getStripeError();
    if (error == null || !"card_error".equals(error.getType())) {
      return new Outcome.Unknown(StripeErrors.unclear(e));
    }
    Decline why = StripeErrors.decline(error);
    SetupIntent setUp = error.getSetupIntent();
    if (setUp != null) {
      return new Outcome.Declined(StripeSetUps.seen(Snapshot.builder(), setUp).build(), why);
    }
    PaymentIntent intent = error.getPaymentIntent();
    return new Outcome.Declined(
        intent == null ? Snapshot.empty() : StripeDeclined.facts(intent, error).build(), why);
  }

  private static Outcome ofCharge(PaymentIntent intent, CaptureMode asked) {
    Snapshot seen = seen(intent);
    return switch (Unreadable.demand("status", intent.getStatus())) {
      case "succeeded" -> new Outcome.Succeeded(seen);
      // Money that is only held is what was asked for, or not yet.
      case "requires_capture" ->
          switch (asked) {
            case MANUAL -> new Outcome.Succeeded(seen);
            case AUTOMATIC -> new Outcome.Pending(seen);
          };
      case "requires_action" ->
          StripeFacts.action(intent)
              .<Outcome>map(action -> new Outcome.ActionRequired(seen, action))
              .orElseGet(() -> new Outcome.Pending(seen));
      default -> new Outcome.Pending(seen);
    };
  }

  /** Answers may be replays of older ones, so none of their lists is called complete. */
  private static Snapshot seen(PaymentIntent intent) {
    return StripeFacts.intent(intent).build();
  }

  /** The intent of a hold: known, or asked for. */
  private static String intentOf(StripeCall call, Trace trace, String charge)
      throws StripeException {
    List<String> known =
        trace.known().providerIds().stream()
            .filter(id -> id.kind().equals(StripeFacts.INTENT))
            .map(ProviderId::id)
            .toList();
    return known.size() == 1
        ? known.get(0)
        : Unreadable.demand(
            "payment_intent", call.client().v1().charges().retrieve(charge).getPaymentIntent());
  }
}
