package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Trace;

/** Charges, looks up, and can do nothing else. */
final class MinimalGateway implements PaymentGateway {
  private final PaymentGateway behind;

  private MinimalGateway(PaymentGateway behind) {
    this.behind = behind;
  }

  static GatewayProvider provider(GatewayProvider whole) {
    return new MutantProvider(whole) {
      @Override
      public GatewayDescription describe() {
        GatewayDescription all = behind.describe();
        GatewayDescription.Builder few =
            GatewayDescription.builder("Minimal", all.version())
                .method(MethodSpec.withToken("card"))
                .currencies(all.currencies())
                .descriptionLimit(all.descriptionLimit())
                .recovers(OperationKind.CHARGE, all.recoveryOf(OperationKind.CHARGE));
        all.settings().forEach(few::setting);
        return few.build();
      }

      @Override
      public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
        return new MinimalGateway(behind.open(settings, environment));
      }
    };
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
  public void close() {
    behind.close();
  }
}
