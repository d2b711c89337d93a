package dev.gatehouse.crm.hubspot;

import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.conformance.HookConformanceTest;
import dev.gatehouse.testkit.conformance.HookPlace;
import dev.gatehouse.testkit.conformance.HookSink;
import dev.gatehouse.testkit.conformance.HookTarget;
import dev.gatehouse.testkit.conformance.HookTrait;
import dev.gatehouse.testkit.sink.HubSpotEmulator;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hook to HubSpot, held against the kit of hooks. */
class HubSpotConformanceTest extends HookConformanceTest {
  @Override
  protected HookTarget target() {
    return new Target();
  }

  private static final class Target implements HookTarget {
    @Override
    public Set<HookTrait> traits() {
      return EnumSet.complementOf(EnumSet.of(HookTrait.RETRIES_REFUSALS));
    }

    @Override
    public HookSink sink(Clock clock, String secret) {
      return new Sink(
          new HubSpotEmulator(clock, secret, "plan_name", "membership_status", "shop_id"));
    }

    @Override
    public LifecycleHook open(HookPlace place) {
      Map<String, String> settings =
          Map.of(
              "access-token",
              place.secret(),
              "base-url",
              place.baseUrl().toString(),
              "property-plan",
              "plan_name",
              "property-status",
              "membership_status",
              "property-customer-id",
              "shop_id");
      return place.open(new HubSpotProvider(), settings);
    }
  }

  private record Sink(HubSpotEmulator hubspot) implements HookSink {
    @Override
    public HttpResponse handle(HttpRequest request) {
      return hubspot.handle(request);
    }

    @Override
    public List<Item> items() {
      return hubspot.writes().stream()
          .map(written -> new Item(written.id(), true, written.properties()))
          .toList();
    }

    @Override
    public List<String> holds() {
      return hubspot.holds();
    }

    @Override
    public List<String> violations() {
      return List.of();
    }

    @Override
    public boolean refuseLastItem(Refusal refusal) {
      hubspot.refuseLastOnce(refusal == Refusal.FOR_NOW ? "RATE_LIMITS" : "VALIDATION_ERROR");
      return true;
    }
  }
}
