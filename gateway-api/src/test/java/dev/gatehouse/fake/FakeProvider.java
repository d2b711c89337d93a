package dev.gatehouse.fake;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.PaymentGateway;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A provider that is what a test needs.
 *
 * @param id its id
 * @param describe what it says of itself
 * @param open how it opens
 */
public record FakeProvider(
    String id,
    GatewayDescription describe,
    BiFunction<GatewaySettings, GatewayEnvironment, @Nullable PaymentGateway> open)
    implements GatewayProvider {

  /** One that takes cards and can do nothing else. */
  public static FakeProvider bare(String id, PaymentGateway gateway) {
    return new FakeProvider(id, bare().build(), (settings, environment) -> gateway);
  }

  /** One that takes cards and can do everything. */
  public static FakeProvider full(String id, PaymentGateway gateway) {
    return new FakeProvider(id, full().build(), (settings, environment) -> gateway);
  }

  /** The description of a gateway that takes cards and can do nothing else. */
  public static GatewayDescription.Builder bare() {
    return GatewayDescription.builder("Fake", "1").method(MethodSpec.withToken("card"));
  }

  /** The description of a gateway that takes cards and can do everything. */
  public static GatewayDescription.Builder full() {
    return GatewayDescription.builder("Fake", "1")
        .method(MethodSpec.withToken("card", Capability.values()));
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
    return open.apply(settings, environment);
  }
}
