package dev.gatehouse.stripe;

import dev.gatehouse.testkit.stripe.StripeEmulator;
import dev.gatehouse.testkit.stripe.StripeServer;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The flows against the emulator, so that what runs against Stripe itself is known to run. */
class StripeEmulatedFlowsTest extends StripeFlows {
  private final StripeServer server = new StripeEmulator(Clock.systemUTC()).serve();

  @Override
  Map<String, String> settings() {
    return Map.of("secret-key", "sk_test_main", "base-url", server.baseUrl().toString());
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
