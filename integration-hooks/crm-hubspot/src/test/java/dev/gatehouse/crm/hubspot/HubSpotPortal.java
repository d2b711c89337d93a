package dev.gatehouse.crm.hubspot;

import dev.gatehouse.hook.HookConfig;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.sink.HubSpotEmulator;
import dev.gatehouse.testkit.sink.SinkShop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A portal of HubSpot for each test, and shops that tell it over HTTP. */
abstract class HubSpotPortal {
  static final String TOKEN = "pat-eu1-canary-4711";
  private static final Map<String, String> MAPPING =
      Map.of(
          "property-plan", "plan_name",
          "property-plan-id", "plan_id",
          "property-status", "membership_status",
          "property-signup-date", "signup_date");

  /** With our ids of customers, by which it is known whose a contact is. */
  static final Map<String, String> WITH_IDS = Map.of("property-customer-id", "shop_id");

  final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
  final HubSpotEmulator hubspot =
      new HubSpotEmulator(
          clock,
          TOKEN,
          "plan_name",
          "plan_id",
          "membership_status",
          "signup_date",
          "shop_id",
          "hs_score");

  @AfterEach
  void close() {
    hubspot.close();
  }

  SinkShop shop() {
    return shop(Map.of());
  }

  SinkShop shop(Map<String, String> more) {
    return shop(more, Duration.ofSeconds(20));
  }

  /** A shop whose calls may take so long. */
  SinkShop shop(Map<String, String> more, Duration limit) {
    Map<String, String> settings = new HashMap<>(MAPPING);
    settings.put("access-token", TOKEN);
    settings.put("base-url", hubspot.baseUrl().toString());
    settings.putAll(more);
    return new SinkShop(
        clock, new HubSpotProvider(), HookConfig.live("crm", "crm-hubspot", settings), limit);
  }

  List<HttpRequest> writes() {
    return hubspot.requests().stream().filter(r -> r.method().equals("POST")).toList();
  }

  /** Requests about contacts, by what they do. */
  long calls(String to) {
    return writes().stream().filter(r -> r.uri().getPath().endsWith("/" + to)).count();
  }

  Map<String, String> contactOf(String customer) {
    return hubspot.contact(customer + "@shop.example").orElseThrow();
  }

  static Map<String, String> metadata(SinkShop shop, String customer) {
    return shop.gatehouse().customer(new CustomerId(customer)).metadata();
  }
}
