package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.jdbc.death.Said.Kind;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A process of a shop: each of its lanes takes one customer after another, for ever, while its
 * background work goes on. What was done is said on standard output as soon as it is acknowledged.
 *
 * <p>Arguments: place, provider's address, how many milliseconds its clock is ahead, what is
 * planted, its node's name, and for each lane {@code lane=first flow}.
 */
final class ShopProcess {
  static final GatewayInstanceId GATEWAY = new GatewayInstanceId("main");
  static final ReferenceAccount ACCOUNT = ReferenceAccount.test("main");
  static final String HOOK = "crm";

  /** Short, so that what a dead or paused process held is soon taken over. */
  static final EnginePolicy POLICY =
      EnginePolicy.defaults().toBuilder()
          .callGrace(Duration.ofMillis(1_500))
          .firstPoll(Duration.ofMillis(200))
          .hookGrace(Duration.ofMillis(1_000))
          .hookBackoff(Duration.ofMillis(100))
          .build();

  /** After this, nothing that a process held is held any more. */
  static final Duration LONGEST_GRACE = POLICY.callGrace().plusSeconds(1);

  private static final Duration TIME_LIMIT = Duration.ofMillis(1_000);

  private ShopProcess() {}

  public static void main(String[] args) {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    Consumer<Said> say = line -> write(out, line);
    Planted planted = Planted.valueOf(args[3]);
    Store store = planted.around(Place.of(args[0]).open());
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMillis(Long.parseLong(args[2])));
    LossyDoor door =
        new LossyDoor(planted.around(HttpTransport.create(HttpOptions.defaults())), args[4]);
    Gatehouse house = house(store, args[1], clock, door, planted.hook(say));
    house.start();
    say.accept(Said.of(Kind.UP, args[4]));
    for (int i = 5; i < args.length; i++) {
      String[] lane = args[i].split("=", 2);
      new Thread(() -> serve(house, say, lane[0], Integer.parseInt(lane[1]))).start();
    }
  }

  private static void serve(Gatehouse house, Consumer<Said> say, String lane, int first) {
    for (int number = first; true; number++) {
      new Flow(house, say, lane, number).run();
    }
  }

  /** One call of the system for each line: it is said whole, or not at all. */
  private static void write(FileOutputStream out, Said line) {
    byte[] bytes = (line.written() + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (out) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Gatehouse house(
      Store store, String provider, Clock clock, HttpTransport door, LifecycleHook hook) {
    return Gatehouse.builder()
        .store(store)
        .catalog(GatewayCatalog.of(new ReferenceGatewayProvider()))
        .gateway(
            new GatewayConfig(
                GATEWAY,
                "reference",
                Mode.TEST,
                Map.of(
                    ReferenceGatewayProvider.BASE_URL, provider,
                    ReferenceGatewayProvider.SECRET_KEY, ACCOUNT.secretKey(),
                    ReferenceGatewayProvider.WEBHOOK_SECRET, ACCOUNT.webhookSecrets().get(0))))
        .transport(door)
        .clock(clock)
        .policy(POLICY)
        .timeLimit(TIME_LIMIT)
        .hook(hook)
        .build();
  }

  /** A hook that says at once what it hears. */
  static LifecycleHook hearing(Consumer<Said> say) {
    return Hook.named(HOOK)
        .on(LifecycleEvent.class, (event, context) -> say.accept(heard(event, System.nanoTime())));
  }

  /** The time is the machine's, the same for all of its processes. */
  static Said heard(LifecycleEvent event, long nanos) {
    return Said.of(Kind.HEARD, Long.toString(nanos), event.header().subject(), event.header().id());
  }
}
