package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.id.GatewayInstanceId;
import java.util.List;

/** The gateway behind the framework's own door, as an application has it. */
final class Framework {
  static final GatewayInstanceId MAIN = new GatewayInstanceId("main");

  private Framework() {}

  /**
   * The gateway, opened by the framework on the bench's network and clock.
   *
   * @throws AssertionError if the framework does not open it
   */
  static Gateways open(Bench bench) {
    var provider = bench.provider.gateway();
    GatewayConfig config =
        new GatewayConfig(MAIN, provider.id(), Mode.TEST, bench.provider.settings());
    try {
      return Gateways.open(
          GatewayCatalog.of(provider),
          List.of(config),
          bench.network,
          bench.clock,
          Bench.TIME_LIMIT);
    } catch (ConfigurationException e) {
      throw new AssertionError("The framework does not open the gateway: " + e.getMessage());
    }
  }
}
