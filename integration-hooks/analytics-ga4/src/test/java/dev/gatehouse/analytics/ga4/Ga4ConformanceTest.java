package dev.gatehouse.analytics.ga4;

import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.conformance.HookConformanceTest;
import dev.gatehouse.testkit.conformance.HookPlace;
import dev.gatehouse.testkit.conformance.HookSink;
import dev.gatehouse.testkit.conformance.HookTarget;
import dev.gatehouse.testkit.conformance.HookTrait;
import dev.gatehouse.testkit.sink.Ga4Emulator;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The hook to Google Analytics, held against the kit of hooks. */
class Ga4ConformanceTest extends HookConformanceTest {
  private static final String STREAM = "G-KIT0000001";

  /** The recommended one: the JDK's own writes addresses to its debug log, secrets and all. */
  private final HttpTransport door = HttpTransport.create(HttpOptions.defaults());

  @AfterEach
  void close() {
    door.close();
  }

  @Override
  protected HookTarget target() {
    return new Target(door);
  }

  private record Target(HttpTransport door) implements HookTarget {
    @Override
    public Set<HookTrait> traits() {
      return Set.of(HookTrait.SENDS_TEST_MODE);
    }

    @Override
    public HookSink sink(Clock clock, String secret) {
      return new Sink(new Ga4Emulator(STREAM, secret, clock));
    }

    @Override
    public LifecycleHook open(HookPlace place) {
      Map<String, String> settings =
          Map.of(
              "measurement-id", STREAM,
              "api-secret", place.secret(),
              "base-url", place.baseUrl().toString());
      return new HookPlace(
              place.baseUrl(),
              door,
              place.clock(),
              place.timeLimit(),
              place.secret(),
              place.testMode())
          .open(new Ga4Provider(), settings);
    }
  }

  private record Sink(Ga4Emulator ga4) implements HookSink {
    @Override
    public HttpResponse handle(HttpRequest request) {
      return ga4.handle(request);
    }

    @Override
    public List<Item> items() {
      return ga4.events().stream()
          .map(event -> new Item(event.text("event_id"), false, event.request().toString()))
          .toList();
    }

    @Override
    public List<String> violations() {
      return ga4.dropped();
    }
  }
}
