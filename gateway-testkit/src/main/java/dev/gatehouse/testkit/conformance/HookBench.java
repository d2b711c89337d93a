package dev.gatehouse.testkit.conformance;

import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One hook with a sink, a clock and a network of its own, for one check. */
final class HookBench implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration TIME_LIMIT = Duration.ofSeconds(10);
  static final String SECRET = "canary5ec4e7a1b9d3f20687";

  /** Parts of who a customer is, which are nobody's words. */
  static final String NAME = "Canaryzq41";

  static final String MAILBOX = "canaryzq97";

  final HookTarget target;
  final TestClock clock = TestClock.at(START);
  final HookSink sink;
  final HookNetwork network;
  final HookCustomers customers;
  private final HttpTransport http = HttpTransport.onJdkClient(HttpOptions.defaults());
  private final List<LifecycleHook> opened = new ArrayList<>();
  private Optional<LifecycleHook> hook = Optional.empty();

  HookBench(HookTarget target) {
    this.target = target;
    this.customers = new HookCustomers(target.metadata(), person(NAME + " Lovelace"));
    this.sink = target.sink(clock, SECRET);
    this.network = new HookNetwork(sink);
  }

  /** Another like this one, from the beginning. */
  HookBench fresh() {
    return new HookBench(target);
  }

  static Person person(String name) {
    return new Person(name, MAILBOX + "@people.example", Locale.UK);
  }

  /** The hook, opened when it is first asked for. */
  LifecycleHook hook() {
    if (hook.isEmpty()) {
      hook = Optional.of(another());
    }
    return hook.get();
  }

  /** Another instance of it, as after a restart. */
  LifecycleHook another() {
    return open(TIME_LIMIT, false);
  }

  LifecycleHook open(Duration limit, boolean testMode) {
    HookPlace place = new HookPlace(network.baseUrl(), http, clock, limit, SECRET, testMode);
    LifecycleHook one = target.open(place);
    Expect.that(one != null, "The target opened no hook.");
    opened.add(one);
    return one;
  }

  /** One event of each type, of the first customer, as the hook needs them. */
  List<LifecycleEvent> samples() {
    return prepared(HookSamples.live().all());
  }

  List<LifecycleEvent> prepared(List<LifecycleEvent> samples) {
    return samples.stream().map(target::prepared).toList();
  }

  /** Those of these that the hook sends something of, tried on another bench. */
  List<LifecycleEvent> sending(List<LifecycleEvent> candidates) {
    List<LifecycleEvent> sending = new ArrayList<>();
    try (HookBench other = fresh()) {
      for (LifecycleEvent event : candidates) {
        if (other.hook().wants(event) && !other.itemsOf(event).isEmpty()) {
          sending.add(event);
        }
      }
    }
    if (sending.isEmpty()) {
      throw new NotVerifiable("the hook sends nothing of the events that this is tried with");
    }
    return sending;
  }

  /** The samples that the hook sends something of. */
  List<LifecycleEvent> sending() {
    return sending(samples());
  }

  /** The first of them. */
  LifecycleEvent one() {
    for (LifecycleEvent event : samples()) {
      try (HookBench other = fresh()) {
        if (other.hook().wants(event) && !other.itemsOf(event).isEmpty()) {
          return event;
        }
      }
    }
    throw new NotVerifiable("the hook sends nothing of the kit's samples");
  }

  /** What the sink takes in while the hook is told an event, which goes well. */
  List<HookSink.Item> itemsOf(LifecycleEvent event) {
    int before = sink.items().size();
    delivered(hook(), event);
    List<HookSink.Item> all = sink.items();
    return all.subList(before, all.size());
  }

  /** All that the sink has taken in, as text. */
  String arrived() {
    return sink.items().stream().map(HookSink.Item::content).collect(Collectors.joining("\n"));
  }

  /**
   * What the sink has after these were told, one after another, to a hook on a bench of its own.
   */
  List<HookSink.Item> cleanRun(List<LifecycleEvent> events) {
    try (HookBench other = fresh()) {
      events.forEach(event -> other.delivered(other.hook(), event));
      return other.sink.items();
    }
  }

  void delivered(LifecycleHook asked, LifecycleEvent event) {
    HookResult result = tell(asked, event, 1);
    Expect.that(
        result instanceof HookResult.Delivered,
        event.type() + " was answered with " + words(result) + ", and the sink takes everything.");
  }

  HookResult tell(LifecycleEvent event) {
    return tell(hook(), event, 1);
  }

  HookResult tell(LifecycleHook asked, LifecycleEvent event, int attempt) {
    HookResult result = asked.handle(event, customers.context(event, attempt));
    Expect.that(result != null, "handle() returned null for " + event.type() + ".");
    return result;
  }

  static String words(HookResult result) {
    if (result instanceof HookResult.Retry retry) {
      return "Retry(" + retry.after().map(Duration::toString).orElse("whenever") + ")";
    }
    return result.getClass().getSimpleName();
  }

  /** How well a hook closes is a check of its own, and no other check's verdict. */
  @Override
  public void close() {
    for (LifecycleHook one : opened) {
      try {
        if (one instanceof AutoCloseable closeable) {
          closeable.close();
        }
      } catch (Exception e) {
        // HK-LIFE-04 tells it.
        continue;
      }
    }
    network.close();
    http.close();
  }
}
