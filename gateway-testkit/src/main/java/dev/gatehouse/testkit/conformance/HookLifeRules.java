package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.testkit.emulator.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Threads, time, several hooks, and the end. */
final class HookLifeRules {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int CUSTOMERS = 12;

  private HookLifeRules() {}

  static List<HookRule> all() {
    return List.of(
        HookRule.of(
            Rule.must("HK-LIFE-01", Group.HOOK_LIFE)
                .rule("A sink that says nothing holds a call up no longer than its time limit.")
                .why(
                    "A hook that hangs is taken for dead after some minutes, and another process"
                        + " tells the same event meanwhile.")
                .remedy("Give each request what is left of the time limit; then answer Retry."),
            HookLifeRules::inTime),
        HookRule.of(
            Rule.must("HK-LIFE-02", Group.HOOK_LIFE)
                .rule("Different customers at the same time come to what they come to in turn.")
                .why("Customers are told of at once: a field that is shared mixes them up.")
                .remedy("Keep what belongs to a call in local variables."),
            HookLifeRules::together),
        HookRule.of(
            Rule.must("HK-LIFE-03", Group.HOOK_LIFE)
                .rule("An interrupt ends a call, and is kept; nothing counts as delivered by it.")
                .why("A process that is told to end waits for the hook, or loses the event.")
                .remedy("Let the transport throw, and answer Retry; set the flag again."),
            HookLifeRules::interrupted),
        HookRule.of(
            Rule.must("HK-LIFE-04", Group.HOOK_LIFE)
                .rule("Closed twice is closed; a closed hook sends nothing, and delivers nothing.")
                .why("Shutting down is when an event is told to what is closed already.")
                .remedy("Let close() be repeated; after it, throw a typed error or answer Retry."),
            HookLifeRules::closed),
        HookRule.of(
            Rule.must("HK-LIFE-05", Group.HOOK_LIFE)
                .rule("Two instances send each to its own sink.")
                .why("One shop's customers end up in the other's.")
                .remedy("Keep settings in the instance, nothing in static fields."),
            HookLifeRules::twoInstances));
  }

  private static void inTime(HookBench bench) {
    LifecycleEvent event = bench.one();
    LifecycleHook hook = bench.open(SHORT, false);
    for (FaultProxy.Fault fault :
        List.of(FaultProxy.Fault.STALL_REQUEST, FaultProxy.Fault.STALL_ANSWER)) {
      bench.network.strikeNext(fault);
      int before = bench.sink.items().size();
      long begin = System.nanoTime();
      HookResult result = bench.tell(hook, event, 1);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      Expect.that(
          took.compareTo(PATIENCE) < 0,
          "A call that may take " + SHORT + " took " + took + " on " + fault + ".");
      boolean isTaken = bench.sink.items().size() > before;
      Expect.that(
          result instanceof HookResult.Retry || (isTaken && result instanceof HookResult.Delivered),
          fault + " was answered with " + HookBench.words(result) + " instead of Retry.");
    }
  }

  private static void together(HookBench bench) throws Exception {
    List<List<LifecycleEvent>> stories =
        IntStream.rangeClosed(1, CUSTOMERS)
            .mapToObj(i -> bench.prepared(HookSamples.live().of(i).all()))
            .toList();
    List<HookSink.Item> wanted = new ArrayList<>();
    try (HookBench other = bench.fresh()) {
      stories.forEach(story -> HookTraits.tellAll(other, other.hook(), story));
      wanted.addAll(other.sink.items());
    }
    atOnce(bench, bench.hook(), stories);
    List<HookSink.Item> more = new ArrayList<>(bench.sink.items());
    wanted.forEach(more::remove);
    bench.sink.items().forEach(wanted::remove);
    Expect.that(
        wanted.isEmpty() && more.isEmpty(), wanted + " did not arrive, and " + more + " did.");
  }

  private static void atOnce(
      HookBench bench, LifecycleHook hook, List<List<LifecycleEvent>> stories) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(stories.size());
    try {
      CountDownLatch ready = new CountDownLatch(stories.size());
      List<Future<?>> all = new ArrayList<>();
      for (List<LifecycleEvent> story : stories) {
        Callable<Boolean> tells =
            () -> {
              ready.countDown();
              ready.await();
              HookTraits.tellAll(bench, hook, story);
              return true;
            };
        all.add(threads.submit(tells));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void interrupted(HookBench bench) {
    LifecycleEvent event = bench.one();
    LifecycleHook hook = bench.hook();
    bench.network.answer(request -> HookNetwork.answer(503, "", HttpHeaders.none()));
    Thread.currentThread().interrupt();
    try {
      HookResult result = bench.tell(hook, event, 1);
      Expect.that(
          !(result instanceof HookResult.Delivered), "An interrupted call delivered something.");
    } catch (RuntimeException e) {
      // As good as Retry.
    } finally {
      boolean kept = Thread.interrupted();
      Expect.that(kept, "The interrupt was lost.");
    }
  }

  private static void closed(HookBench bench) throws Exception {
    LifecycleEvent event = bench.one();
    LifecycleHook hook = bench.another();
    if (!(hook instanceof AutoCloseable closeable)) {
      throw Lack.of("AutoCloseable");
    }
    bench.delivered(hook, event);
    closeable.close();
    closeable.close();
    int before = bench.network.arrived();
    try {
      HookResult result = bench.tell(hook, event, 2);
      Expect.that(
          result instanceof HookResult.Retry,
          "A closed hook answered with " + HookBench.words(result) + ".");
    } catch (GatehouseException | IllegalStateException e) {
      // Typed.
    }
    Expect.equal("The number of requests of a closed hook", before, bench.network.arrived());
  }

  private static void twoInstances(HookBench bench) {
    LifecycleEvent event = bench.one();
    LifecycleHook first = bench.hook();
    try (HookBench other = bench.fresh()) {
      LifecycleHook second = other.hook();
      bench.delivered(first, event);
      Expect.that(
          other.sink.items().isEmpty(), "What the first was told went to the other's sink.");
      int sent = bench.sink.items().size();
      Expect.that(sent > 0, "What the first was told did not come to its sink.");
      other.delivered(second, event);
      Expect.equal("What the first one's sink has", sent, bench.sink.items().size());
      Expect.equal("What the other's sink has", sent, other.sink.items().size());
    }
  }
}
