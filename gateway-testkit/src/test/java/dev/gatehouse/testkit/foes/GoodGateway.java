package dev.gatehouse.testkit.foes;

import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
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

/** Passes everything on to the reference gateway; a foe overrides what it does wrong. */
class GoodGateway
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
  private final PaymentGateway good;

  GoodGateway(PaymentGateway good) {
    this.good = good;
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return good.charge(request);
  }

  @Override
  public Outcome setUp(SetUpRequest request) {
    return ((SetsUpMethods) good).setUp(request);
  }

  @Override
  public Lookup lookupSetUp(Trace trace) {
    return ((SetsUpMethods) good).lookupSetUp(trace);
  }

  @Override
  public Outcome remove(RemoveRequest request) {
    return ((RemovesMethods) good).remove(request);
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
  public Outcome complete(CompleteRequest request) {
    return ((CompletesActions) good).complete(request);
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

  @Override
  public String toString() {
    return good.toString();
  }
}
