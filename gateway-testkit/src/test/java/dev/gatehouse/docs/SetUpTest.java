package dev.gatehouse.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.GatewayView;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.id.GatewayInstanceId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How docs/taking-payments.md opens gateways. */
class SetUpTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "base-url", "https://payments.example",
          "secret-key", "sk_live_eu",
          "webhook-secret", "whsec_eu");

  @Test
  void two_gateways_are_opened_in_live_mode() {
    try (Gatehouse gatehouse = setUp(SETTINGS)) {
      assertThat(gatehouse.gateways())
          .extracting(GatewayView::id)
          .extracting(GatewayInstanceId::value)
          .containsExactlyInAnyOrder("cards-eu", "transfer");
    }
  }

  @Test
  void a_setting_that_is_missing_is_named() {
    assertThatThrownBy(() -> setUp(Map.of("base-url", "https://payments.example")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("secret-key")
        .hasMessageContaining("webhook-secret");
  }

  private static Gatehouse setUp(Map<String, String> settings) {
    Hook shipping = Hook.named("shipping").on(CheckoutCompleted.class, (e, ctx) -> {});
    // snippet: SetUp
    var cards =
        new GatewayConfig(new GatewayInstanceId("cards-eu"), "reference", Mode.LIVE, settings);
    var transfer =
        new GatewayConfig(
            new GatewayInstanceId("transfer"),
            "manual",
            Mode.LIVE,
            Map.of("instructions", "Transfer to|DE00 0000 0000|Shop Ltd"));
    var gatehouse =
        Gatehouse.builder().gateway(cards).gateway(transfer).hook(shipping).build().start();
    // end snippet
    return gatehouse;
  }
}
