package dev.gatehouse.manual;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.time.Duration;

/**
 * Payments by bank transfer: the customer sees instructions, and an operator reports what arrived.
 * Stateless and thread-safe.
 */
public final class ManualGatewayProvider implements GatewayProvider {
  /** Nothing is sent anywhere, so the same call may be made again for as long as can be said. */
  private static final Recovery AGAIN = Recovery.byReplay(Duration.ofDays(400));

  /** For the service loader, and for use by hand. */
  public ManualGatewayProvider() {}

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "manual";
  }

  @Override
  public GatewayDescription describe() {
    return GatewayDescription.builder("Manual payments", "1")
        .method(
            MethodSpec.withoutToken("bank_transfer", Capability.REFUND, Capability.PARTIAL_REFUND))
        .can(Capability.OPERATOR_REPORTS)
        .recovers(OperationKind.CHARGE, AGAIN)
        .recovers(OperationKind.REFUND, AGAIN)
        .setting(
            SettingSpec.required(
                "instructions",
                SettingKind.TEXT,
                "What the customer is told, lines separated by '|', such as the account."))
        .build();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return new ManualGateway(settings.required("instructions"), environment.mode());
  }
}
