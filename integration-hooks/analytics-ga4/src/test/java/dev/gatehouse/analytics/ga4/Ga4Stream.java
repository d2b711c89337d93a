package dev.gatehouse.analytics.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.sink.Ga4Emulator;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A data stream for each test, which drops nothing of what it is told, and shops that tell it. */
abstract class Ga4Stream {
  static final String SECRET = "canary_api-secret_4711";

  final TestClock clock = TestClock.at("2026-03-01T12:00:00.123456Z");
  final Ga4Emulator ga4 = new Ga4Emulator("G-ABC1234567", SECRET, clock);

  @AfterEach
  void nothingWasDropped() {
    ga4.close();
    assertThat(ga4.dropped()).isEmpty();
  }

  SinkShop shop() {
    return shop(Map.of());
  }

  SinkShop shop(Map<String, String> more) {
    return shop(more, Duration.ofSeconds(20));
  }

  /** A shop whose calls may take so long. */
  SinkShop shop(Map<String, String> more, Duration limit) {
    Map<String, String> settings = new HashMap<>();
    settings.put("measurement-id", "G-ABC1234567");
    settings.put("api-secret", SECRET);
    settings.put("base-url", ga4.baseUrl().toString());
    settings.putAll(more);
    return new SinkShop(
        clock, new Ga4Provider(), HookConfig.live("ga4", "analytics-ga4", settings), limit);
  }
}
