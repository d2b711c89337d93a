package dev.gatehouse.testkit.foes.second;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.ReferenceTarget;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.foes.FoesProvider;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Opens gateways that slip. */
class SlipProvider implements GatewayProvider, TestTarget {
  private final GatewayProvider good = new ReferenceGatewayProvider();
  private final Supplier<? extends Slip> slip;

  SlipProvider(Supplier<? extends Slip> slip) {
    this.slip = slip;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return good.id();
  }

  @Override
  public String gateway() {
    return id();
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return new ReferenceTarget().paying(script);
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return new FoesProvider(SimulatedProvider.reference(clock, secret, random), this);
  }

  @Override
  public GatewayDescription describe() {
    return slip.get().described(good.describe());
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return slip.get().open(settings, environment);
  }
}
