package acme.gateway;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;

/** The reference gateway under another id; those that misbehave extend it. */
public class Good implements GatewayProvider {
  private final GatewayProvider reference = new ReferenceGatewayProvider();

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "acme";
  }

  @Override
  public GatewayDescription describe() {
    return reference.describe();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return reference.open(settings, environment);
  }
}
