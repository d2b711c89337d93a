package dev.gatehouse.stripe;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/**
 * The flows against Stripe's own test mode, if {@code STRIPE_SECRET_KEY} is a key for it. No money
 * moves there. Without a key they are skipped, aloud.
 */
class StripeTestModeTest extends StripeFlows {
  private static final String KEY = "STRIPE_SECRET_KEY";

  @BeforeAll
  static void a_key_for_test_mode_is_there() {
    String key = System.getenv().getOrDefault(KEY, "");
    String message = "SKIPPED: not run against Stripe's test mode; set " + KEY + "=sk_test_…";
    boolean usable = key.startsWith("sk_test_") || key.startsWith("rk_test_");
    if (!usable) {
      System.out.println(message);
    }
    Assumptions.assumeTrue(usable, message);
  }

  @Override
  Map<String, String> settings() {
    return Map.of("secret-key", System.getenv(KEY));
  }

  @Override
  Clock clock() {
    return Clock.systemUTC();
  }
}
