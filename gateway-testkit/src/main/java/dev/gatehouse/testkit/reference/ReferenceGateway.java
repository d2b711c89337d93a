package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
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
import dev.gatehouse.testkit.reference.ReferenceClient.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One opened gateway to the reference provider. Keeps no state but whether it is closed. */
final class ReferenceGateway
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        CompletesActions,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard,
        SetsUpMethods,
        RemovesMethods {
  private final ReferenceSettings settings;
  private final ReferenceClient client;
  private final ReferenceLookup lookup;
  private final ReferenceLookup setUps;
  private final ReferenceChanges changes;
  private final ReferenceWebhooks webhooks;

  ReferenceGateway(ReferenceSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.client = new ReferenceClient(settings, environment);
    this.lookup = ReferenceLookup.ofCharges(client, environment.clock());
    this.setUps = ReferenceLookup.ofSetUps(client, environment.clock());
    this.changes = new ReferenceChanges(client);
    this.webhooks = new ReferenceWebhooks(settings, environment);
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    String key = request.idempotencyKey();
    return outcome(
        client.post("/v1/charges", key, () -> ReferenceRequests.charge(request), "charge"),
        ReferenceGateway::ofCharge);
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    boolean setUp = request.trace().providerId(ReferenceSnapshots.SET_UP).isPresent();
    String object = setUp ? ReferenceSnapshots.SET_UP : ReferenceSnapshots.CHARGE;
    String path = "/v1/" + object + "s/" + request.attempt() + "/complete";
    String key = request.idempotencyKey();
    return outcome(
        client.post(path, key, () -> ReferenceRequests.empty(key), object),
        ReferenceGateway::ofCharge);
  }

  @Override
  public Outcome setUp(SetUpRequest request) {
    String key = request.idempotencyKey();
    return outcome(
        client.post(
            "/v1/setups", key, () -> ReferenceRequests.setUp(request), ReferenceSnapshots.SET_UP),
        ReferenceGateway::ofCharge);
  }

  @Override
  public Lookup lookupSetUp(Trace trace) {
    return setUps.find(trace);
  }

  @Override
  public Outcome remove(RemoveRequest request) {
    String path = "/v1/methods/" + ReferenceLookup.encoded(request.method()) + "/remove";
    Answer answer =
        client.post(
            path, request.idempotencyKey(), () -> ReferenceRequests.removal(request), "method");
    boolean unknown =
        answer instanceof Answer.Refused refused
            && refused.failure().category() == ErrorCategory.NOT_FOUND;
    return unknown
        ? new Outcome.Succeeded(
            Snapshot.builder().credential(request.method(), Credential.removed()).build())
        : outcome(answer, ReferenceGateway::ofMethod);
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    String path = "/v1/authorizations/" + request.authorization() + "/captures";
    Supplier<ObjectNode> body = () -> ReferenceRequests.capture(request);
    return outcome(
        client.post(path, request.idempotencyKey(), body, "capture"), ReferenceGateway::ofMovement);
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    String path = "/v1/authorizations/" + request.authorization() + "/void";
    String key = request.idempotencyKey();
    return outcome(
        client.post(path, key, () -> ReferenceRequests.empty(key), "charge"),
        ReferenceGateway::ofVoid);
  }

  @Override
  public Outcome refund(RefundRequest request) {
    String path = "/v1/captures/" + request.capture() + "/refunds";
    Supplier<ObjectNode> body = () -> ReferenceRequests.refund(request);
    return outcome(
        client.post(path, request.idempotencyKey(), body, "refund"), ReferenceGateway::ofMovement);
  }

  @Override
  public Lookup lookup(Trace trace) {
    return lookup.find(trace);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  @Override
  public Changes changesSince(Instant since) {
    return changes.since(since);
  }

  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return trace
        .providerId(ReferenceSnapshots.CHARGE)
        .map(id -> URI.create(settings.baseUrl() + "/dashboard/charges/" + id));
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "ReferenceGateway[" + settings.baseUrl() + "]";
  }

  /** What an answer means; one that can't be read may still have had its effect. */
  private static Outcome outcome(Answer answer, Function<JsonNode, Outcome> done) {
    try {
      if (answer instanceof Answer.Done good) {
        return done.apply(good.body());
      }
      if (answer instanceof Answer.Declined declined) {
        return declined(declined.error());
      }
    } catch (ReferenceSnapshots.Unreadable e) {
      return new Outcome.Unknown(
          ReferenceErrors.unknown("answer.unreadable", String.valueOf(e.getMessage())));
    }
    if (answer instanceof Answer.Refused refused) {
      return new Outcome.NotSent(refused.failure());
    }
    return new Outcome.Unknown(((Answer.Unsure) answer).failure());
  }

  private static Outcome declined(JsonNode error) {
    JsonNode charge = error.path(error.path("setup").isObject() ? "setup" : "charge");
    return charge.isObject()
        ? new Outcome.Declined(seen(charge), declineOf(charge))
        : new Outcome.Declined(Snapshot.empty(), ReferenceErrors.decline(error));
  }

  private static Outcome ofCharge(JsonNode charge) {
    Snapshot seen = seen(charge);
    return switch (ReferenceSnapshots.text(charge, "status")) {
      case "succeeded" -> new Outcome.Succeeded(seen);
      case "failed" -> new Outcome.Declined(seen, declineOf(charge));
      case "requires_action" ->
          ReferenceSnapshots.action(charge)
              .<Outcome>map(action -> new Outcome.ActionRequired(seen, action))
              .orElseGet(() -> new Outcome.Pending(seen));
      default -> new Outcome.Pending(seen);
    };
  }

  /** A capture or a refund, with its charge. */
  private static Outcome ofMovement(JsonNode movement) {
    Snapshot seen = seen(movement.path("charge"));
    return switch (ReferenceSnapshots.text(movement, "status")) {
      case "succeeded" -> new Outcome.Succeeded(seen);
      case "failed" -> new Outcome.Declined(seen, Decline.of(DeclineCode.PROCESSING_ERROR));
      default -> new Outcome.Pending(seen);
    };
  }

  private static Outcome ofMethod(JsonNode method) {
    Snapshot.Builder seen = Snapshot.builder();
    ReferenceSnapshots.credential(seen, method);
    return ReferenceSnapshots.flag(method, "removed")
        ? new Outcome.Succeeded(seen.build())
        : new Outcome.Pending(seen.build());
  }

  private static Outcome ofVoid(JsonNode charge) {
    Snapshot seen = seen(charge);
    JsonNode authorization = charge.path("authorization");
    return ReferenceSnapshots.text(authorization, "status").equals("voided")
        ? new Outcome.Succeeded(seen)
        : new Outcome.Pending(seen);
  }

  private static Decline declineOf(JsonNode charge) {
    return ReferenceErrors.decline(charge.path("decline"));
  }

  /** Answers may be replays of older ones, so none of their lists is called complete. */
  private static Snapshot seen(JsonNode charge) {
    return ReferenceSnapshots.add(Snapshot.builder(), charge).build();
  }
}
