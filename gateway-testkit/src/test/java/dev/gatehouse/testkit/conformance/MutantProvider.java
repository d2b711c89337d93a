package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;

/** Does what the provider behind it does, but for what a mutant overrides. */
class MutantProvider implements GatewayProvider {
  final GatewayProvider behind;

  MutantProvider(GatewayProvider behind) {
    this.behind = behind;
  }

  @Override
  public int spiVersion() {
    return behind.spiVersion();
  }

  @Override
  public String id() {
    return behind.id();
  }

  @Override
  public GatewayDescription describe() {
    return behind.describe();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return behind.open(settings, environment);
  }
}
