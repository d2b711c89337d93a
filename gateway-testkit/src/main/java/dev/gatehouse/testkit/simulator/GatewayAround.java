package dev.gatehouse.testkit.simulator;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A gateway that does what the one behind it does, but for the methods that are overridden. */
abstract class GatewayAround
    implements PaymentGateway,
        CapturesPayments,
        VoidsPayments,
        RefundsPayments,
        CompletesActions,
        ReceivesWebhooks,
        ListsChanges,
        LinksToDashboard {
  final PaymentGateway behind;

  GatewayAround(PaymentGateway behind) {
    this.behind = behind;
  }

  /** A provider that opens what the function makes of the gateway, and describes itself so. */
  static GatewayProvider provider(
      GatewayProvider behind,
      UnaryOperator<PaymentGateway> around,
      UnaryOperator<GatewayDescription> described) {
    return new GatewayProvider() {
      @Override
      public int spiVersion() {
        return SPI_VERSION;
      }

      @Override
      public String id() {
        return behind.id();
      }

      @Override
      public GatewayDescription describe() {
        return described.apply(behind.describe());
      }

      @Override
      public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
        PaymentGateway opened = behind.open(settings, environment);
        return asAbleAs(opened, around.apply(opened));
      }
    };
  }

  /** A gateway is asked for what it implements: this one implements no more than it should. */
  private static PaymentGateway asAbleAs(PaymentGateway behind, PaymentGateway around) {
    Class<?>[] able =
        Stream.concat(
                Stream.of(PaymentGateway.class),
                Arrays.stream(Capability.values())
                    .flatMap(capability -> capability.implementedBy().stream()))
            .filter(type -> type.isInstance(behind) && type.isInstance(around))
            .toArray(Class<?>[]::new);
    return (PaymentGateway)
        Proxy.newProxyInstance(
            GatewayAround.class.getClassLoader(),
            able,
            (proxy, method, arguments) -> {
              try {
                return method.invoke(around, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
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
    return ((CapturesPayments) behind).capture(request);
  }

  @Override
  public Outcome voidAuthorization(VoidRequest request) {
    return ((VoidsPayments) behind).voidAuthorization(request);
  }

  @Override
  public Outcome refund(RefundRequest request) {
    return ((RefundsPayments) behind).refund(request);
  }

  @Override
  public Outcome complete(CompleteRequest request) {
    return ((CompletesActions) behind).complete(request);
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    return ((ReceivesWebhooks) behind).receive(request);
  }

  @Override
  public Changes changesSince(Instant since) {
    return ((ListsChanges) behind).changesSince(since);
  }

  @Override
  public Optional<URI> paymentPage(Trace trace) {
    return ((LinksToDashboard) behind).paymentPage(trace);
  }

  @Override
  public void close() {
    behind.close();
  }
}
