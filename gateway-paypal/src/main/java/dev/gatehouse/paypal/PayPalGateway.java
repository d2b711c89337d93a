package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.LinksToDashboard;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One opened gateway to PayPal. Keeps no state but its access token, what it verified deliveries
 * with, and whether it is closed.
 */
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
  private final PayPalCharges charges;
  private final PayPalHolds holds;
  private final PayPalLookup lookup;
  private final PayPalWebhooks webhooks;
  private final PayPalChanges changes;

  PayPalGateway(PayPalSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
    this.sdk = new PayPalSdk(settings, environment);
    this.snapshots = new PayPalSnapshots(settings);
    this.vault = new PayPalVault(settings, sdk);
    this.charges = new PayPalCharges(settings, sdk, snapshots, environment.clock());
    this.holds = new PayPalHolds(sdk, snapshots, environment.clock());
    this.lookup = new PayPalLookup(settings, sdk, snapshots, vault, environment);
    this.webhooks = new PayPalWebhooks(settings, sdk, environment);
    this.changes = new PayPalChanges(sdk, environment);
  }

  /** Makes the order and asks for the payer's approval; {@link #complete} takes the money. */
  @Override
  public Outcome charge(ChargeRequest request) {
    return charges.charge(request, environment.deadline());
  }

  @Override
  public Outcome setUp(SetUpRequest request) {
    Deadline deadline = environment.deadline();
    return Outcomes.of(
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
    Outcome outcome =
        Outcomes.of(() -> vault.remove(request, environment.deadline()), done -> removed);
    boolean wasGone =
        outcome instanceof Outcome.NotSent refused
            && refused.failure().category() == ErrorCategory.NOT_FOUND;
    return wasGone ? removed : outcome;
  }

  /** Captures or authorises an order, or keeps a wallet. */
  @Override
  public Outcome complete(CompleteRequest request) {
    Deadline deadline = environment.deadline();
    return PayPalVault.isSetUp(request)
        ? Outcomes.of(
            () -> vault.keep(request, deadline),
            done -> new Outcome.Succeeded(vault.kept(request.attempt(), done.body())))
        : charges.complete(request, deadline);
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return holds.capture(request, environment.deadline());
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return holds.release(request, environment.deadline());
  }

  @Override
  public Outcome refund(RefundRequest request) {
    Optional<String> order =
        Optional.ofNullable(request.trace().known().movements().get(request.capture()))
            .flatMap(capture -> capture.charge().value());
    String key = request.idempotencyKey();
    return Outcomes.of(
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

  /**
   * The page of the capture; before there is one, or where there are several, of the hold that the
   * payer agreed to.
   */
  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return trace
        .providerId(PayPalSnapshots.CAPTURE)
        .or(() -> PayPalHolds.first(trace.known()))
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
