package dev.gatehouse.testkit.scenario;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
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
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A gateway that can't find anything out, declares no recovery, and answers charges as told. */
final class UnsureGateway implements GatewayProvider {
  private static final Failure NO_IDEA =
      Failure.of(ErrorCategory.UNKNOWN_OUTCOME, "unsure", "nobody knows");

  private final AtomicInteger charges = new AtomicInteger();
  private final AtomicInteger lookups = new AtomicInteger();
  private final Supplier<Outcome> answer;

  UnsureGateway() {
    this(() -> new Outcome.Unknown(NO_IDEA));
  }

  UnsureGateway(Supplier<Outcome> answer) {
    this.answer = answer;
  }

  int charges() {
    return charges.get();
  }

  int lookups() {
    return lookups.get();
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "unsure";
  }

  @Override
  public GatewayDescription describe() {
    return GatewayDescription.builder("Unsure", "1")
        .method(MethodSpec.withToken("card"))
        .can(Capability.WEBHOOKS)
        .recovers(OperationKind.CHARGE, Recovery.none())
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new Opened();
  }

  private final class Opened implements PaymentGateway, ReceivesWebhooks {
    @Override
    public Outcome charge(ChargeRequest request) {
      charges.incrementAndGet();
      return answer.get();
    }

    @Override
    public Lookup lookup(Trace trace) {
      lookups.incrementAndGet();
      return new Lookup.CannotTell(NO_IDEA);
    }

    @Override
    public WebhookAnswer receive(WebhookRequest request) {
      return new WebhookAnswer.CannotVerify(NO_IDEA);
    }

    @Override
    public void close() {}
  }
}
