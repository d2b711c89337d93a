package dev.gatehouse.testkit.foes;

import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.conformance.ReferenceTarget;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * A gateway that is the reference gateway but for one bug, and the target that has it checked. The
 * conformance kit must find it.
 */
public abstract class Foe implements GatewayProvider, TestTarget {
  private final GatewayProvider good = new ReferenceGatewayProvider();
  private final String id;
  private final String must;
  private final String remedy;

  /**
   * A foe.
   *
   * @param must what it breaks, quoted from the design
   * @param remedy what its author should be told
   */
  protected Foe(String id, String must, String remedy) {
    this.id = id;
    this.must = must;
    this.remedy = remedy;
  }

  /** What it breaks. */
  public String must() {
    return must;
  }

  /** What its author should be told. */
  public String remedy() {
    return remedy;
  }

  /** What stands between the reference gateway and the network. */
  Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
    return (request, next) -> next.send(request);
  }

  /** What stands before the reference gateway. */
  PaymentGateway around(
      PaymentGateway opened, GatewaySettings settings, GatewayEnvironment environment) {
    return new GoodGateway(opened);
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String gateway() {
    return id;
  }

  @Override
  public GatewayDescription describe() {
    return good.describe();
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    HttpTransport door = new Door(environment.http(), door(settings, environment));
    return around(good.open(settings, environment.with(door)), settings, environment);
  }

  @Override
  public Optional<PaymentMethod> paying(Script script) {
    return new ReferenceTarget().paying(script);
  }

  @Override
  public SimulatedProvider open(Clock clock, String secret, Random random) {
    return new FoesProvider(SimulatedProvider.reference(clock, secret, random), this);
  }

  private record Door(HttpTransport real, Wire.Pass pass) implements HttpTransport {
    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      return pass.pass(request, changed -> real.send(changed, limit));
    }

    @Override
    public HttpResponse send(HttpRequest request, Deadline deadline) {
      return pass.pass(request, changed -> real.send(changed, deadline));
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
