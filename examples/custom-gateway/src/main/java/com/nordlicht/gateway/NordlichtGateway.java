package com.nordlicht.gateway;

import com.nordlicht.gateway.NordlichtClient.Answer;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** One opened gateway to the bank. Keeps no state but whether it is closed. */
final class NordlichtGateway
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        ReceivesWebhooks,
        ListsChanges {
  private final NordlichtClient client;
  private final NordlichtSearch search;
  private final NordlichtWebhooks webhooks;

  NordlichtGateway(NordlichtSettings settings, GatewayEnvironment environment) {
    client = new NordlichtClient(settings, environment);
    search = new NordlichtSearch(client, environment.clock());
    webhooks = new NordlichtWebhooks(settings.webhookSecrets(), environment);
  }

  // snippet: NordlichtCharge
  @Override
  public Outcome charge(ChargeRequest request) {
    return call(
        "/v2/payments",
        request.idempotencyKey(),
        NordlichtRequests.charge(request),
        NordlichtGateway::ofCharge);
  }

  private static Outcome ofCharge(NordlichtPayment seen) {
    Snapshot snapshot = seen.snapshot();
    return switch (seen.state()) {
      case "BOOKED", "RESERVED" -> new Outcome.Succeeded(snapshot);
      case "AWAITING_CUSTOMER" ->
          seen.action()
              .<Outcome>map(action -> new Outcome.ActionRequired(snapshot, action))
              .orElseGet(() -> new Outcome.Pending(snapshot));
      case "REJECTED" ->
          new Outcome.Declined(
              snapshot,
              seen.node()
                  .object("rejection")
                  .map(NordlichtErrors::decline)
                  .orElse(Decline.of(DeclineCode.GENERIC_DECLINE)));
      default -> new Outcome.Pending(snapshot);
    };
  }

  // end snippet

  @Override
  public Outcome capture(CaptureRequest request) {
    String key = request.idempotencyKey();
    return call(
        "/v2/reservations/" + NordlichtClient.encoded(request.authorization()) + "/bookings",
        key,
        NordlichtRequests.capture(request),
        seen ->
            seen.booking(key)
                .<Outcome>map(booking -> new Outcome.Succeeded(seen.snapshot()))
                .orElseThrow(() -> new Node.Unreadable("booking")));
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return call(
        "/v2/reservations/" + NordlichtClient.encoded(request.authorization()) + "/release",
        request.idempotencyKey(),
        NordlichtRequests.tagged(request.idempotencyKey()),
        seen ->
            seen.node()
                .object("reservation")
                .filter(hold -> hold.text("state").equals("RELEASED"))
                .<Outcome>map(hold -> new Outcome.Succeeded(seen.snapshot()))
                .orElseThrow(() -> new Node.Unreadable("reservation")));
  }

  // snippet: NordlichtMoves
  @Override
  public Outcome refund(RefundRequest request) {
    String key = request.idempotencyKey();
    return call(
        "/v2/bookings/" + NordlichtClient.encoded(request.capture()) + "/returns",
        key,
        NordlichtRequests.refund(request),
        seen -> ofRefund(seen, key));
  }

  private static Outcome ofRefund(NordlichtPayment seen, String key) {
    Node back = seen.giveBack(key).orElseThrow(() -> new Node.Unreadable("return"));
    return switch (back.text("state")) {
      case "ARRIVED" -> new Outcome.Succeeded(seen.snapshot());
      case "FAILED" ->
          new Outcome.Declined(seen.snapshot(), Decline.of(DeclineCode.PROCESSING_ERROR));
      default -> new Outcome.Pending(seen.snapshot());
    };
  }

  // end snippet

  // snippet: NordlichtCall
  /** Sends what may move money, and says what is certain afterwards. */
  private Outcome call(
      String path, String key, ObjectNode body, Function<NordlichtPayment, Outcome> seen) {
    Answer answer = client.post(path, key, body);
    if (answer instanceof Answer.Refused refused) {
      return new Outcome.NotSent(refused.failure());
    }
    if (answer instanceof Answer.Unsure unsure) {
      return new Outcome.Unknown(unsure.failure());
    }
    try {
      return seen.apply(new NordlichtPayment(((Answer.Done) answer).body()));
    } catch (Node.Unreadable e) {
      // It answered 200, so something may have happened.
      return new Outcome.Unknown(NordlichtErrors.unreadable(e));
    }
  }

  // end snippet

  @Override
  public Lookup lookup(Trace trace) {
    return search.find(trace);
  }

  @Override
  public Changes changesSince(Instant since) {
    return search.changesSince(since);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "NordlichtGateway";
  }
}
