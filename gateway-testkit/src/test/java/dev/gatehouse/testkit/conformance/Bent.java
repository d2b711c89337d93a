package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
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
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** The reference gateway, as it is; subclasses break one thing of it each. */
class Bent
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        CompletesActions,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard {
  private final PaymentGateway straight;

  Bent(PaymentGateway straight) {
    this.straight = straight;
  }

  private <C> C as(Class<C> type) {
    return Capability.in(straight, type).orElseThrow();
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return straight.charge(request);
  }

  @Override
  public Lookup lookup(Trace trace) {
    return straight.lookup(trace);
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return as(CapturesPayments.class).capture(request);
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return as(VoidsPayments.class).voidAuthorization(request);
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return as(RefundsPayments.class).refund(request);
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    return as(CompletesActions.class).complete(request);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return as(ReceivesWebhooks.class).receive(request);
  }

  @Override
  public Changes changesSince(Instant since) {
    return as(ListsChanges.class).changesSince(since);
  }

  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return as(LinksToDashboard.class).paymentPage(trace);
  }

  @Override
  public void close() {
    straight.close();
  }
}
