package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.LinksToDashboard;
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
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One opened gateway that does all as the reference does. A subclass gets one thing wrong: in a
 * call, in what it sends, or in how it reads what comes back.
 */
@SuppressWarnings("NullAway.Init") // They are there once it was opened.
class Slip
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        CompletesActions,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard {
  private static final ReferenceGatewayProvider REFERENCE = new ReferenceGatewayProvider();

  GatewayEnvironment environment;
  GatewaySettings settings;
  PaymentGateway good;

  Slip open(GatewaySettings given, GatewayEnvironment around) {
    settings = given;
    environment = around;
    good = REFERENCE.open(given, around(around).with(new Line(this, around.http())));
    return this;
  }

  GatewayDescription described(GatewayDescription right) {
    return right;
  }

  GatewayEnvironment around(GatewayEnvironment right) {
    return right;
  }

  /** Every request of the gateway comes by here. */
  HttpResponse send(HttpRequest request, Duration limit, HttpTransport line) {
    return answered(request, line.send(asked(request), limit));
  }

  HttpRequest asked(HttpRequest request) {
    return request.method().equals("POST") ? Wire.edited(request, this::body) : request;
  }

  void body(HttpRequest request, ObjectNode body) {}

  HttpResponse answered(HttpRequest request, HttpResponse response) {
    return Wire.edited(request, response, this::charge);
  }

  /** Every charge that the provider shows. */
  void charge(HttpRequest request, ObjectNode charge) {}

  @Override
  public Outcome charge(ChargeRequest request) {
    return good.charge(request);
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    return ((CompletesActions) good).complete(request);
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return ((CapturesPayments) good).capture(request);
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return ((VoidsPayments) good).voidAuthorization(request);
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return ((RefundsPayments) good).refund(request);
  }

  @Override
  public Lookup lookup(Trace trace) {
    return good.lookup(trace);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return ((ReceivesWebhooks) good).receive(request);
  }

  @Override
  public Changes changesSince(Instant since) {
    return ((ListsChanges) good).changesSince(since);
  }

  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return ((LinksToDashboard) good).paymentPage(trace);
  }

  @Override
  public void close() {
    good.close();
  }

  private record Line(Slip slip, HttpTransport line) implements HttpTransport {
    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      return slip.send(request, limit, line);
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
