package dev.gatehouse.paypal;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/**
 * The flows in PayPal's own sandbox, if its credentials are in the environment. No money moves
 * there, and credentials of the live site are unknown there. Without them they are skipped, aloud.
 */
class PayPalSandboxTest extends PayPalFlows {
  /** Of no webhook: nothing in the flows is delivered. */
  private static final String ANY_WEBHOOK = "5GP028458E2496506";

  @BeforeAll
  static void the_credentials_of_a_sandbox_app_are_there() {
    boolean there =
        !variable(PayPalWebhookEndpoint.CLIENT_ID).isEmpty()
            && !variable(PayPalWebhookEndpoint.CLIENT_SECRET).isEmpty();
    String message =
        "SKIPPED: not run against PayPal's sandbox; set "
            + PayPalWebhookEndpoint.CLIENT_ID
            + " and "
            + PayPalWebhookEndpoint.CLIENT_SECRET;
    if (!there) {
      System.out.println(message);
    }
    Assumptions.assumeTrue(there, message);
  }

  private static String variable(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  @Override
  Map<String, String> settings() {
    return Map.of(
        "environment",
        "sandbox",
        "client-id",
        variable(PayPalWebhookEndpoint.CLIENT_ID),
        "client-secret",
        variable(PayPalWebhookEndpoint.CLIENT_SECRET),
        "webhook-id",
        ANY_WEBHOOK);
  }

  @Override
  Clock clock() {
    return Clock.systemUTC();
  }
}
