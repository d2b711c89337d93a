package dev.gatehouse.testkit.scenario;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;

/** Another name for the same gateway. */
record Twin(GatewayProvider of) implements GatewayProvider {
  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return "twin";
  }

  @Override
  public GatewayDescription describe() {
    return of.describe();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return of.open(settings, environment);
  }
}
