package dev.gatehouse.relay.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.json.Json;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.testkit.conformance.HookConformanceTest;
import dev.gatehouse.testkit.conformance.HookPlace;
import dev.gatehouse.testkit.conformance.HookSink;
import dev.gatehouse.testkit.conformance.HookTarget;
import dev.gatehouse.testkit.conformance.HookTrait;
import dev.gatehouse.testkit.conformance.Waiver;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The relay, opened as a gatehouse opens it, keeps every rule of the kit that a cluster can be the
 * other side of. What a real one says is in {@link KafkaRelayTest}.
 */
class KafkaRelayConformanceTest extends HookConformanceTest {
  private static final String SOURCE = "https://shop.example";

  @Override
  protected HookTarget target() {
    return new Target();
  }

  @Override
  protected List<Waiver> waivers() {
    return Stream.of("HK-ANSW-01", "HK-ANSW-02", "HK-ANSW-03")
        .map(
            check ->
                new Waiver(
                    check,
                    "A cluster asks nobody to come back later: it delays its answers, and the"
                        + " client waits.",
                    LocalDate.MAX))
        .toList();
  }

  private static final class Target implements HookTarget {
    @Override
    public Set<HookTrait> traits() {
      return Set.of(HookTrait.RETRIES_REFUSALS, HookTrait.SENDS_TEST_MODE);
    }

    @Override
    public HookSink sink(Clock clock, String secret) {
      return new Topic(Broker.jaas("relay", secret));
    }

    @Override
    public LifecycleHook open(HookPlace place) {
      Map<String, String> settings =
          Map.of(
              "bootstrap-servers", "kafka-1:9093",
              "topic", "events",
              "source", SOURCE,
              "sasl-mechanism", "PLAIN",
              "sasl-jaas-config", Broker.jaas("relay", place.secret()));
      return place.open(new Provider(place), settings);
    }
  }

  /** The relay's own, but for the client that it writes with. */
  private record Provider(HookPlace place) implements HookProvider {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final KafkaRelayProvider REAL = new KafkaRelayProvider();

    @Override
    public int hookVersion() {
      return REAL.hookVersion();
    }

    @Override
    public String id() {
      return REAL.id();
    }

    @Override
    public HookDescription describe() {
      return REAL.describe();
    }

    @Override
    public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
      Duration limit = environment.timeLimit();
      KafkaRelayOptions options =
          RelaySettings.options(
              settings, environment.instance(), limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit);
      Writers writers =
          new Writers(
              options.connection(),
              options.timeLimit(),
              config -> new HttpProducer(place.http(), place.baseUrl(), config));
      return new KafkaRelay(options, writers);
    }
  }

  /** A topic that takes nothing but our CloudEvents in binary mode, from who may write to it. */
  private static final class Topic implements HookSink {
    /** Kafka's own limit of a record, unless a topic has another. */
    private static final int LARGEST = 1_048_588;

    private final String login;
    private final List<Item> items = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    Topic(String login) {
      this.login = login;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
      if (!header(request, "authorization").equals(login)) {
        return new HttpResponse(401, HttpHeaders.none(), new byte[0]);
      }
      hold(request.body().length <= LARGEST, "a record of " + request.body().length);
      try {
        hold(isEnvelopeOf(Json.EVENT.read(request.body()), request), "headers of something else");
      } catch (GatehouseException e) {
        hold(false, "no event: " + e.getMessage());
      }
      items.add(new Item(header(request, "ce_id"), false, new String(request.body(), UTF_8)));
      return new HttpResponse(204, HttpHeaders.none(), new byte[0]);
    }

    private static boolean isEnvelopeOf(LifecycleEvent event, HttpRequest request) {
      return header(request, "ce_specversion").equals("1.0")
          && header(request, "ce_id").equals(event.header().id())
          && header(request, "ce_source").equals(SOURCE)
          && header(request, "ce_type").equals("dev.gatehouse." + event.type())
          && header(request, "ce_subject").equals(event.header().subject())
          && header(request, "ce_time").equals(event.header().at().toString())
          && header(request, "content-type").equals("application/json")
          && header(request, "key").equals(event.header().subject());
    }

    private static String header(HttpRequest request, String name) {
      return request.headers().first(name).orElse("");
    }

    private void hold(boolean holds, String what) {
      if (!holds) {
        violations.add(what);
      }
    }

    @Override
    public List<Item> items() {
      return List.copyOf(items);
    }

    @Override
    public List<String> violations() {
      return List.copyOf(violations);
    }
  }
}
