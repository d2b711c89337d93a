package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One opened gateway to PayPal. Keeps no state but its access token and whether it is closed. */
final class PayPalGateway
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        CompletesActions,
        SetsUpMethods,
        RemovesMethods,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard {
  private static final Pattern TRANSACTION = Pattern.compile("[A-Za-z0-9]{1,64}");

  private final PayPalSettings settings;
  private final GatewayEnvironment environment;
  private final PayPalSdk sdk;
  private final PayPalSnapshots snapshots;
  private final PayPalVault vault;
  private final PayPalLookup lookup;
  private final PayPalWebhooks webhooks;
  private final PayPalChanges changes;

  PayPalGateway(PayPalSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.sdk = new PayPalSdk(settings, environment);
    this.snapshots = new PayPalSnapshots(settings.site().mode());
    this.vault = new PayPalVault(sdk, settings.site().mode());
    this.lookup = new PayPalLookup(settings, sdk, snapshots, vault, environment);
    this.webhooks = new PayPalWebhooks(settings, sdk, environment);
    this.changes = new PayPalChanges(sdk, environment);
  }

  /** Makes the order and asks for the payer's approval; {@link #complete} takes the money. */
  @Override
  public Outcome charge(ChargeRequest request) {
    Deadline deadline = environment.deadline();
    String key = request.idempotencyKey();
    return outcome(
        () -> sdk.createOrder(PayPalOrders.create(request), key, deadline),
        made ->
            request.method() instanceof PaymentMethod.Stored stored
                ? paid(made.body(), request, stored.id(), deadline)
                : ofOrder(made.body()));
  }

  /**
   * An order is made first and paid by its id, so that one that got lost has cost nobody anything.
   * Made again under its key, it is shown as it is now: paid, perhaps.
   */
  private Outcome paid(Node order, ChargeRequest request, String wallet, Deadline deadline) {
    Outcome made = ofOrder(order);
    String id = order.text("id");
    Attempt attempt = made.snapshot().facts().attempts().get(id);
    if (attempt.step().reached(AttemptStep.PROCESSING)) {
      return made;
    }
    String key = request.idempotencyKey();
    Map<String, Object> source = PayPalOrders.paidWith(wallet, request);
    Outcome outcome =
        outcome(
            () -> sdk.completeOrder(id, request.capture(), key, source, deadline),
            done -> ofOrder(done.body()));
    return failed(id, outcome, Optional.of(key));
  }

  /** A decline of which PayPal keeps no record is still the end of its order. */
  private static Outcome failed(String order, Outcome outcome, Optional<String> key) {
    if (!(outcome instanceof Outcome.Declined declined)
        || !declined.snapshot().equals(Snapshot.empty())) {
      return outcome;
    }
    Attempt failed = Attempt.declined(declined.decline()).causedBy(key);
    Snapshot seen =
        Snapshot.builder().providerId(PayPalSnapshots.ORDER, order).attempt(order, failed).build();
    return new Outcome.Declined(seen, declined.decline());
  }

  @Override
  public Outcome setUp(SetUpRequest request) {
    Deadline deadline = environment.deadline();
    return outcome(
        () -> vault.setUp(request, deadline),
        done -> {
          Optional<String> key = Optional.of(request.idempotencyKey());
          Snapshot seen = vault.seen(done.body(), key, deadline).build();
          return PayPalVault.outcome(seen, done.body().text("id"));
        });
  }

  @Override
  public Lookup lookupSetUp(Trace trace) {
    return lookup.findSetUp(trace, environment.deadline());
  }

  @Override
  public Outcome remove(RemoveRequest request) {
    Outcome.Succeeded removed =
        new Outcome.Succeeded(
            Snapshot.builder().credential(request.method(), Credential.removed()).build());
    Outcome outcome = outcome(() -> vault.remove(request, environment.deadline()), done -> removed);
    boolean wasGone =
        outcome instanceof Outcome.NotSent refused
            && refused.failure().category() == ErrorCategory.NOT_FOUND;
    return wasGone ? removed : outcome;
  }

  /**
   * Captures or authorises, or keeps a wallet. PayPal would let the payer approve a declined order
   * once more; here it has failed, and another try is another order: so an attempt has one end.
   */
  @Override
  public Outcome complete(CompleteRequest request) {
    String id = request.attempt();
    String key = request.idempotencyKey();
    Deadline deadline = environment.deadline();
    if (PayPalVault.isSetUp(request)) {
      return outcome(
          () -> vault.keep(request, deadline),
          done -> new Outcome.Succeeded(vault.kept(id, done.body())));
    }
    Outcome outcome =
        outcome(
            () -> sdk.completeOrder(id, request.capture(), key, Map.of(), deadline),
            done -> ofOrder(done.body()));
    return failed(id, outcome, Optional.empty());
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    String key = request.idempotencyKey();
    return outcome(
        () ->
            sdk.captureHold(
                request.authorization(),
                request.amount(),
                request.isFinal(),
                key,
                environment.deadline()),
        done -> ofCapture(done.body(), heldOrder(request.trace())));
  }

  /** The order of the holds: the one attempt that came to something. */
  private static Optional<String> heldOrder(Trace trace) {
    List<String> orders =
        trace.known().attempts().entrySet().stream()
            .filter(entry -> entry.getValue().step().isAt(AttemptStep.SUCCEEDED))
            .map(Map.Entry::getKey)
            .toList();
    return orders.size() == 1 ? Optional.of(orders.get(0)) : Optional.empty();
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    String hold = origin(request.trace(), request.authorization());
    String key = request.idempotencyKey();
    return outcome(
        () -> sdk.voidHold(hold, key, environment.deadline()),
        done -> ofVoid(done, request.authorization()));
  }

  /** PayPal voids the hold that the payer approved, and with it what was renewed of it. */
  private static String origin(Trace trace, String hold) {
    Map<String, Authorization> known = trace.known().authorizations();
    String origin = hold;
    for (int i = 0; i < known.size(); i++) {
      String renewed = origin;
      origin =
          known.entrySet().stream()
              .filter(entry -> entry.getValue().supersededBy().has(renewed))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(renewed);
    }
    return origin;
  }

  @Override
  public Outcome refund(RefundRequest request) {
    Optional<String> order =
        Optional.ofNullable(request.trace().known().movements().get(request.capture()))
            .flatMap(capture -> capture.charge().value());
    String key = request.idempotencyKey();
    return outcome(
        () -> sdk.refund(request.capture(), request.amount(), key, environment.deadline()),
        done -> ofRefund(done.body(), order));
  }

  @Override
  public Lookup lookup(Trace trace) {
    return lookup.find(trace, environment.deadline());
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return webhooks.receive(request, environment.deadline());
  }

  @Override
  public Changes changesSince(Instant since) {
    return changes.since(since, environment.deadline());
  }

  /** The page of the capture or, before there is one, of the hold. */
  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return trace
        .providerId(PayPalSnapshots.CAPTURE)
        .or(() -> trace.providerId(PayPalSnapshots.AUTHORIZATION))
        .filter(id -> TRANSACTION.matcher(id).matches())
        .map(id -> URI.create(settings.site().console() + "/activity/payment/" + id));
  }

  @Override
  public void close() {
    sdk.close();
  }

  @Override
  public String toString() {
    return "PayPalGateway[" + settings + "]";
  }

  private interface Sending {
    Answer send();
  }

  /** What an answer means; one that can't be read may still have had its effect. */
  private static Outcome outcome(Sending sending, Function<Answer.Done, Outcome> done) {
    try {
      Answer answer = sending.send();
      if (answer instanceof Answer.Done good) {
        return done.apply(good);
      }
      if (answer instanceof Answer.Declined declined) {
        return new Outcome.Declined(Snapshot.empty(), declined.decline());
      }
      return answer instanceof Answer.Refused refused
          ? new Outcome.NotSent(refused.failure())
          : new Outcome.Unknown(((Answer.Unsure) answer).failure());
    } catch (Node.Unreadable e) {
      return new Outcome.Unknown(PayPalErrors.unreadable(e));
    } catch (InvalidInputException e) {
      // Before anything was sent: an amount that PayPal can't write.
      return notPossible("request", String.valueOf(e.getMessage()));
    }
  }

  private static Outcome notPossible(String what, String message) {
    return new Outcome.NotSent(Failure.of(ErrorCategory.VALIDATION, what, message));
  }

  private Outcome ofOrder(Node order) {
    Snapshot.Builder into = Snapshot.builder();
    snapshots.order(into, order);
    Snapshot seen = into.build();
    Attempt attempt =
        Optional.ofNullable(seen.facts().attempts().get(order.text("id")))
            .orElseThrow(() -> new Node.Unreadable("id"));
    return switch (attempt.step().value().orElseThrow()) {
      case SUCCEEDED -> new Outcome.Succeeded(seen);
      case FAILED -> new Outcome.Declined(seen, attempt.failure().orElseThrow());
      case ACTION_NEEDED -> {
        Optional<CustomerAction> action = attempt.action().value();
        yield action.isPresent()
            ? new Outcome.ActionRequired(seen, action.get())
            : new Outcome.Pending(seen);
      }
      case STARTED, APPROVED, PROCESSING -> new Outcome.Pending(seen);
    };
  }

  private Outcome ofCapture(Node capture, Optional<String> order) {
    Snapshot.Builder into = Snapshot.builder();
    snapshots.capture(into, order, capture);
    Snapshot seen = into.build();
    return switch (PayPalSnapshots.captureStep(capture)) {
      case DONE, UNDONE -> new Outcome.Succeeded(seen);
      case NEVER -> new Outcome.Declined(seen, PayPalDeclines.of(capture));
      case OPEN -> new Outcome.Pending(seen);
    };
  }

  /**
   * PayPal answers with the hold, or that it is done without a word. An empty page says nothing.
   */
  private Outcome ofVoid(Answer.Done done, String asked) {
    Snapshot.Builder seen = Snapshot.builder();
    Node hold = done.body();
    if (done.isWithoutContent()) {
      seen.authorization(asked, Authorization.over(AuthorizationEnd.VOIDED));
      return new Outcome.Succeeded(seen.build());
    }
    snapshots.hold(seen, hold);
    boolean voided = hold.text("status").equals("VOIDED");
    if (voided && !hold.text("id").equals(asked)) {
      // The renewed one went with the one that it renewed.
      Snapshot.Builder both = Snapshot.builder();
      both.authorization(asked, Authorization.over(AuthorizationEnd.VOIDED));
      return new Outcome.Succeeded(both.build());
    }
    return voided ? new Outcome.Succeeded(seen.build()) : new Outcome.Pending(seen.build());
  }

  private Outcome ofRefund(Node refund, Optional<String> order) {
    Snapshot.Builder into = Snapshot.builder();
    snapshots.refund(into, order, refund);
    Snapshot seen = into.build();
    return switch (PayPalSnapshots.refundStep(refund)) {
      case DONE, UNDONE -> new Outcome.Succeeded(seen);
      case NEVER -> new Outcome.Declined(seen, PayPalDeclines.of(refund));
      case OPEN -> new Outcome.Pending(seen);
    };
  }
}
