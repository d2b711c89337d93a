package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;

/**
 * The reference target, whose gateway is bent when it is opened.
 *
 * @param always what every customer pays with; as scripted if it is empty
 */
record BentTarget(Bending bending, Optional<PaymentMethod> always) implements TestTarget {
  private static final TestTarget STRAIGHT = new ReferenceTarget();

  BentTarget(Bending bending) {
    this(bending, Optional.empty());
  }

  /** One whose customers are always sent to the provider first. */
  static BentTarget ofWallet(Bending bending) {
    return new BentTarget(bending, Optional.of(new PaymentMethod.OfType("wallet")));
  }

  /** Breaks one thing of a gateway. */
  @FunctionalInterface
  interface Bending {
    PaymentGateway bend(PaymentGateway straight, GatewayEnvironment environment);
  }

  @Override
  public String gateway() {
    return STRAIGHT.gateway();
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return always.or(() -> STRAIGHT.paying(script));
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    SimulatedProvider straight = STRAIGHT.open(clock, secret, random);
    return (SimulatedProvider)
        Proxy.newProxyInstance(
            SimulatedProvider.class.getClassLoader(),
            new Class<?>[] {SimulatedProvider.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("gateway")) {
                return new BentProvider(straight.gateway(), bending);
              }
              try {
                return method.invoke(straight, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  record BentProvider(GatewayProvider straight, Bending bending) implements GatewayProvider {
    @Override
    public String id() {
      return straight.id();
    }

    @Override
    public int spiVersion() {
      return straight.spiVersion();
    }

    @Override
    public GatewayDescription describe() {
      return straight.describe();
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      return bending.bend(straight.open(settings, environment), environment);
    }
  }
}
