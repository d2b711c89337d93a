package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.GatewayDecorator;
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

/** Does what the gateway behind it does, but for what a mutant overrides. */
class MutantGateway
    implements GatewayDecorator,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        CompletesActions,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard,
        SetsUpMethods,
        RemovesMethods {
  final PaymentGateway behind;

  MutantGateway(PaymentGateway behind) {
    this.behind = behind;
  }

  @Override
  public <C> Optional<C> able(Class<C> capability) {
    return Capability.in(behind, capability).map(same -> capability.cast(this));
  }

  final <C> C behind(Class<C> capability) {
    return Capability.in(behind, capability).orElseThrow();
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    return behind.charge(request);
  }

  @Override
  public Lookup lookup(Trace trace) {
    return behind.lookup(trace);
  }

  @Override
  public Outcome capture(CaptureRequest request) {
    return behind(CapturesPayments.class).capture(request);
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return behind(VoidsPayments.class).voidAuthorization(request);
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return behind(RefundsPayments.class).refund(request);
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    return behind(CompletesActions.class).complete(request);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return behind(ReceivesWebhooks.class).receive(request);
  }

  @Override
  public Changes changesSince(Instant since) {
    return behind(ListsChanges.class).changesSince(since);
  }

  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return behind(LinksToDashboard.class).paymentPage(trace);
  }

  @Override
  public Outcome setUp(SetUpRequest request) {
    return behind(SetsUpMethods.class).setUp(request);
  }

  @Override
  public Lookup lookupSetUp(Trace trace) {
    return behind(SetsUpMethods.class).lookupSetUp(trace);
  }

  @Override
  public Outcome remove(RemoveRequest request) {
    return behind(RemovesMethods.class).remove(request);
  }

  @Override
  public void close() {
    behind.close();
  }
}
