package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import dev.gatehouse.testkit.reference.ReferenceServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A shop of one or more processes over one place, and a provider that outlives them: its server and
 * its ledger are in this process. In the end the work that is left is done here, and all is
 * audited.
 */
final class ShopRun implements AutoCloseable {
  /** Beyond every grace and patience of the shop's policy, but for those of people. */
  private static final List<Duration> DRAIN = drain();

  private final Place place;
  private final Planted planted;
  private final List<String> lanes = new ArrayList<>();
  private final OffsetClock clock = new OffsetClock();
  private final Diary diary = new Diary();
  private final ReferenceProvider provider =
      new ReferenceProvider(clock, ReferenceOptions.defaults(), List.of(ShopProcess.ACCOUNT));
  private final ReferenceServer server = ReferenceServer.start(provider);
  private final List<ShopNode> nodes = new ArrayList<>();

  ShopRun(Place place, Planted planted) {
    this.place = place;
    this.planted = planted;
  }

  /** Starts a process that serves these lanes, and waits until it takes commands. */
  ShopNode start(String name, List<String> served) {
    List<String> arguments = new ArrayList<>();
    arguments.add(place.name());
    arguments.add(server.baseUrl().toString());
    arguments.add(Long.toString(clock.millisAhead()));
    arguments.add(planted.name());
    arguments.add(name);
    for (String lane : served) {
      arguments.add(lane + "=" + diary.next(lane));
      if (!lanes.contains(lane)) {
        lanes.add(lane);
      }
    }
    ShopNode node = new ShopNode(diary, arguments);
    nodes.add(node);
    node.awaitMore(1);
    return node;
  }

  /** What a dead process held is free for others from now on. */
  void skip(Duration time) {
    clock.skip(time);
  }

  /** Does what is left, without any of the processes, and says what came of all of it. */
  Audit.Result finish() {
    nodes.forEach(ShopNode::kill);
    try (JdbcStore store = place.open()) {
      drain(store);
      return new Audit(store, provider.ledger(), diary, lanes).run();
    }
  }

  private void drain(JdbcStore store) {
    try (Gatehouse house =
        ShopProcess.house(
            store,
            server.baseUrl().toString(),
            clock,
            HttpTransport.create(HttpOptions.defaults()),
            ShopProcess.hearing(diary::add))) {
      for (Duration time : DRAIN) {
        clock.skip(time);
        while (house.runDueWork() > 0) {}
      }
    }
  }

  private static List<Duration> drain() {
    List<Duration> times = new ArrayList<>();
    times.addAll(Collections.nCopies(10, Duration.ofSeconds(2)));
    times.addAll(Collections.nCopies(10, Duration.ofSeconds(20)));
    times.addAll(Collections.nCopies(6, Duration.ofMinutes(5)));
    return times;
  }

  @Override
  public void close() {
    nodes.forEach(ShopNode::kill);
    server.close();
  }
}
