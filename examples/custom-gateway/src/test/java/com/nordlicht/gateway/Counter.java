package com.nordlicht.gateway;

import com.nordlicht.emulator.NordlichtBank;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.DirectTransport;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A gateway and the emulated bank behind it, for one test. */
final class Counter {
  static final String SECRET = "s3cret-canary";

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final NordlichtBank bank = new NordlichtBank(clock, SECRET);

  /** Without a network. */
  NordlichtGateway gateway() {
    return gateway(new DirectTransport(bank::handle), Map.of());
  }

  /** Over this transport, with some settings of its own. */
  NordlichtGateway gateway(HttpTransport transport, Map<String, String> others) {
    Map<String, String> settings = new TreeMap<>(bank.settings());
    settings.putAll(others);
    return (NordlichtGateway)
        new NordlichtProvider().open(GatewaySettings.of(settings), environment(transport));
  }

  GatewayEnvironment environment(HttpTransport transport) {
    return new GatewayEnvironment(
        new GatewayInstanceId("nordlicht-eu"), Mode.TEST, transport, clock, Duration.ofSeconds(20));
  }
}
