package dev.gatehouse.testkit.scenario;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A gateway that does what it is told. */
final class Scripted implements GatewayProvider {
  static final Failure FAIL = Failure.of(ErrorCategory.NOT_SENT, "down", "no connection");
  Function<ChargeRequest, Outcome> charge = r -> new Outcome.NotSent(FAIL);
  Function<Trace, Lookup> lookup = t -> new Lookup.CannotTell(FAIL);
  Function<RefundRequest, Outcome> refund = r -> new Outcome.NotSent(FAIL);
  Function<CaptureRequest, Outcome> capture = r -> new Outcome.NotSent(FAIL);
  Function<CompleteRequest, Outcome> complete = r -> new Outcome.NotSent(FAIL);
  Function<VoidRequest, Outcome> voids = r -> new Outcome.NotSent(FAIL);
  Function<WebhookRequest, WebhookAnswer> receive = r -> new WebhookAnswer.Rejected("no");
  Recovery recovery = Recovery.byId(Duration.ZERO).orReplayWithin(Duration.ofDays(1));
  boolean partialRefund = true;

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public GatewayDescription describe() {
    List<Capability> card =
        new ArrayList<>(
            List.of(
                Capability.AUTHORIZE,
                Capability.CAPTURE,
                Capability.PARTIAL_CAPTURE,
                Capability.MULTIPLE_CAPTURES,
                Capability.VOID,
                Capability.REFUND,
                Capability.CUSTOMER_ACTION,
                Capability.COMPLETION));
    if (partialRefund) {
      card.add(Capability.PARTIAL_REFUND);
    }
    GatewayDescription.Builder d =
        GatewayDescription.builder("Scripted", "1")
            .method(MethodSpec.withToken("card", card.toArray(new Capability[0])))
            .method(MethodSpec.withoutToken("bank"))
            .can(Capability.WEBHOOKS);
    for (OperationKind k : OperationKind.values()) {
      if (k.needs().filter(needed -> !card.contains(needed)).isEmpty()) {
        d.recovers(k, recovery);
      }
    }
    return d.build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new Opened();
  }

  /** Everything that a gateway should say of a charge of ours. */
  static Snapshot.Builder of(String reference) {
    return Snapshot.builder().reference(reference).mode(Mode.TEST);
  }

  private final class Opened
      implements PaymentGateway,
          RefundsPayments,
          CapturesPayments,
          VoidsPayments,
          CompletesActions,
          ReceivesWebhooks {
    public Outcome charge(ChargeRequest r) {
      return charge.apply(r);
    }

    public Lookup lookup(Trace t) {
      return lookup.apply(t);
    }

    public Outcome refund(RefundRequest r) {
      return refund.apply(r);
    }

    public Outcome capture(CaptureRequest r) {
      return capture.apply(r);
    }

    public Outcome voidAuthorization(VoidRequest r) {
      return voids.apply(r);
    }

    public Outcome complete(CompleteRequest r) {
      return complete.apply(r);
    }

    public WebhookAnswer receive(WebhookRequest r) {
      return receive.apply(r);
    }

    public void close() {}
  }
}
