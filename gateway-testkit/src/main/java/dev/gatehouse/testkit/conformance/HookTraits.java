package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a hook's target does not declare must not be seen: a "no" that is not true is found. */
final class HookTraits {
  private HookTraits() {}

  static void demandUnseen(HookTrait trait, HookBench bench) {
    switch (trait) {
      case ANSWERS_BY_ITEM -> {
        tellAll(bench, bench.hook(), bench.samples());
        Expect.that(
            bench.network.mostItems() <= 1,
            "One request brought " + bench.network.mostItems() + " things. Declare " + trait + ".");
      }
      case SENDS_PERSONAL_DATA -> {
        tellAll(bench, bench.hook(), bench.samples());
        Expect.that(
            !isSent(bench, HookBench.NAME) && !isSent(bench, HookBench.MAILBOX),
            "It sends who the customer is. Declare " + trait + ", or don't.");
      }
      case FORGETS -> {
        tellAll(bench, bench.hook(), bench.samples());
        Expect.that(
            bench.sink.holds().isEmpty(),
            "The sink holds who customers are. Declare " + trait + ", or hold nothing.");
      }
      case RETRIES_REFUSALS -> HookAnswerRules.refused(bench);
      case SENDS_TEST_MODE -> {
        LifecycleHook told = bench.open(HookBench.TIME_LIMIT, true);
        tellAll(bench, told, HookDataRules.ofTestMode(bench));
        Expect.that(
            bench.sink.items().isEmpty(),
            "It sends events of test mode when told so. Declare " + trait + ".");
      }
    }
  }

  static void tellAll(HookBench bench, LifecycleHook hook, List<LifecycleEvent> events) {
    for (LifecycleEvent event : events) {
      if (hook.wants(event)) {
        bench.delivered(hook, event);
      }
    }
  }

  /** Whether this is in any request that reached the sink: as it is, or encoded for an address. */
  static boolean isSent(HookBench bench, String text) {
    String small = text.toLowerCase(Locale.ROOT);
    return bench.network.requests().stream()
            .anyMatch(request -> written(request).toLowerCase(Locale.ROOT).contains(small))
        || bench.sink.items().stream()
            .anyMatch(item -> item.content().toLowerCase(Locale.ROOT).contains(small));
  }

  static String written(HttpRequest request) {
    String all =
        request.uri()
            + "\n"
            + request.headers().fields().stream().map(field -> field.value()).toList()
            + "\n"
            + new String(request.body(), StandardCharsets.UTF_8);
    try {
      return all + "\n" + URLDecoder.decode(all, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return all;
    }
  }
}
