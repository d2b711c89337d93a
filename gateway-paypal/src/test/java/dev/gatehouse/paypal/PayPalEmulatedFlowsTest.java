package dev.gatehouse.paypal;

import dev.gatehouse.testkit.paypal.PayPalApp;
import dev.gatehouse.testkit.paypal.PayPalEmulator;
import dev.gatehouse.testkit.paypal.PayPalServer;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The flows against the emulator, so that what runs at PayPal itself is known to run. */
class PayPalEmulatedFlowsTest extends PayPalFlows {
  private final PayPalServer server = PayPalServer.start(new PayPalEmulator(Clock.systemUTC()));

  @Override
  Map<String, String> settings() {
    Map<String, String> settings = PayPalApp.sandbox().settings();
    settings.put("base-url", server.baseUrl().toString());
    return settings;
  }

  @Override
  Clock clock() {
    return Clock.systemUTC();
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
