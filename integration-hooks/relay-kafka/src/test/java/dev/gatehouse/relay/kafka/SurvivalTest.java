package dev.gatehouse.relay.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way: from the outbox of an engine through a real broker to hooks in two processes of
 * their own, while the broker and the processes are killed, stopped and paused.
 */
@ExtendWith(WithBroker.class)
class SurvivalTest {
  private static final int TROUBLES = Integer.getInteger("gatehouse.kills", 4);
  private static final int EVENTS_EACH = 1_000;
  private static final int SUBJECTS = 40;
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private record Worker(String name, Child process) {}

  private final long seed = Long.getLong("gatehouse.kill.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final String topic = "events-" + UUID.randomUUID();
  private final Store store = new InMemoryStore();
  private final int[] numbers = new int[SUBJECTS];
  private final List<Worker> workers = new ArrayList<>();
  private final Map<String, Integer> woken = new HashMap<>();
  private int fed;
  private int started;

  @TempDir Path folder;

  @Test
  void nothing_is_lost_and_order_is_kept_whoever_dies(Broker broker) {
    broker.topics(PARTITIONS, topic, topic + "-dead");
    WrittenDown written = new WrittenDown(folder.resolve("told"));
    try (KafkaRelay relay = relay(broker);
        Gatehouse gatehouse = gatehouse(relay)) {
      gatehouse.start();
      workers.add(worker(broker));
      workers.add(worker(broker));
      for (int i = 0; i < TROUBLES; i++) {
        feed();
        awaitTold(written, fed - EVENTS_EACH / 2);
        trouble(i % 4, broker, written);
      }
      feed();
      awaitTold(written, fed);
    } finally {
      workers.forEach(worker -> worker.process.kill());
    }

    assertThat(written.distinct()).as("seed %d", seed).isEqualTo(fed);
    assertThat(written.breaks(woken, PARTITIONS)).as("seed %d", seed).isEmpty();
  }

  @Test
  void a_process_that_wakes_from_a_pause_tells_nothing_that_others_told_since(Broker broker) {
    broker.topics(1, topic, topic + "-dead");
    WrittenDown written = new WrittenDown(folder.resolve("told"));
    try (KafkaRelay relay = relay(broker)) {
      for (fed = 1; fed <= 300; fed++) {
        relay.handle(Events.event("ada", fed), Events.attempt(1));
      }
      Child paused = process(broker, "paused", 10);
      workers.add(new Worker("paused", paused));
      awaitTold(written, 20);
      paused.pause();
      Child other = process(broker, "other", 0);
      workers.add(new Worker("other", other));
      awaitTold(written, 300);

      int before = written.lines().size();
      paused.goOn();
      other.stop();
      relay.handle(Events.event("ada", 301), Events.attempt(1));
      awaitTold(written, 301);

      assertThat(written.lines().subList(before, written.lines().size()))
          .as("at most what it was in the middle of, and then what is new")
          .hasSizeLessThanOrEqualTo(2)
          .endsWith(new WrittenDown.Line("paused", "ada", 301));
    } finally {
      workers.forEach(worker -> worker.process.kill());
    }
  }

  private void trouble(int which, Broker broker, WrittenDown written) {
    Worker one = workers.remove(random.nextInt(2));
    switch (which) {
      case 0 -> {
        one.process.kill();
        workers.add(worker(broker));
      }
      case 1 -> {
        broker.kill();
        broker.start();
        workers.add(one);
      }
      case 2 -> {
        one.process.pause();
        feed();
        awaitTold(written, fed - EVENTS_EACH / 4);
        woken.put(one.name, written.lines().size());
        one.process.goOn();
        workers.add(one);
      }
      default -> {
        broker.stop();
        one.process.askToEnd();
        broker.start();
        one.process.awaitEnd();
        workers.add(worker(broker));
      }
    }
  }

  private Worker worker(Broker broker) {
    String name = "p" + started++;
    return new Worker(name, process(broker, name, 0));
  }

  private Child process(Broker broker, String name, int millisEach) {
    String told = folder.resolve("told").toString();
    return Child.start(
        ConsumerMain.class,
        folder.resolve(name + ".log"),
        List.of(name, broker.address(), topic, told, String.valueOf(millisEach)));
  }

  private KafkaRelay relay(Broker broker) {
    URI shop = URI.create("https://shop.example");
    return KafkaRelay.open(
        KafkaRelayOptions.to(broker.connection(), topic, shop).within(Duration.ofSeconds(4)));
  }

  private Gatehouse gatehouse(KafkaRelay relay) {
    EnginePolicy policy =
        EnginePolicy.defaults().toBuilder()
            .hookBackoff(Duration.ofMillis(100))
            .slowestHookBackoff(Duration.ofMillis(500))
            .build();
    return Gatehouse.builder().store(store).hook(relay).policy(policy).build();
  }

  /** Raises events of random customers, as commits of a shop do. */
  private void feed() {
    for (int i = 0; i < EVENTS_EACH; i++) {
      int customer = random.nextInt(SUBJECTS);
      LifecycleEvent event = Events.event("c" + customer, ++numbers[customer]);
      store.commit(Commit.builder().raise(event, Set.of("kafka")).build());
    }
    fed += EVENTS_EACH;
  }

  private String logs() {
    return workers.stream()
        .map(worker -> worker + "\n" + read(folder.resolve(worker.name + ".log")))
        .collect(Collectors.joining("\n"));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitTold(WrittenDown written, int count) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    for (int told = 0; told < count; told = written.distinct()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new AssertionError(
            "seed "
                + seed
                + ": "
                + told
                + " of "
                + fed
                + " told in time; waits: "
                + store.backlogs()
                + "; processes said:\n"
                + logs());
      }
      LockSupport.parkNanos(20_000_000L);
    }
  }
}
