package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.testkit.conformance.HookSink.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What a hook makes of a sink that answers for each thing that it was sent. */
final class HookItemRules {
  private static final String PAGE = "<html><body><h1>Welcome</h1></body></html>";

  private HookItemRules() {}

  static List<HookRule> all() {
    return List.of(
        HookRule.of(
                Rule.must("HK-ITEM-01", Group.HOOK_ANSWERS)
                    .rule("Where one thing of several is refused for good, the event is parked.")
                    .why("Under 207 or 200 the sink refuses parts, and nobody ever hears of them.")
                    .remedy("Read the answer for each item; one that is refused is a Park."),
                HookItemRules::refusedForGood)
            .needing(HookTrait.ANSWERS_BY_ITEM),
        HookRule.of(
                Rule.must("HK-ITEM-02", Group.HOOK_ANSWERS)
                    .rule(
                        "Where one thing of several is not taken now, the event is told again, and"
                            + " what was taken has no second effect.")
                    .why("Either the part is lost, or the whole is there twice.")
                    .remedy("Answer Retry; send each part under an id that stays the same."),
                HookItemRules::refusedForNow)
            .needing(HookTrait.ANSWERS_BY_ITEM),
        HookRule.of(
                Rule.must("HK-ITEM-03", Group.HOOK_ANSWERS)
                    .rule("A good status without the sink's own answer delivers nothing.")
                    .why("Proxies and log-in pages say 200, too.")
                    .remedy("Say Delivered only if the answer names what was taken; else Retry."),
                HookItemRules::page)
            .needing(HookTrait.ANSWERS_BY_ITEM),
        HookRule.of(
            Rule.must("HK-ITEM-04", Group.HOOK_ANSWERS)
                .rule("Of events that are told together, each is answered for itself.")
                .why("One customer's address that is refused parks, or loses, all the others.")
                .remedy("Answer as many as were told, in their order; divide a call that failed."),
            HookItemRules::together));
  }

  private static void together(HookBench bench) {
    if (!(bench.hook() instanceof BatchHook batch) || batch.most() < 2) {
      throw Lack.of("BatchHook");
    }
    LifecycleEvent one = bench.one();
    List<BatchHook.Told> told =
        IntStream.rangeClosed(1, Math.min(3, batch.most()))
            .mapToObj(customer -> sample(bench, one.type(), customer))
            .map(event -> new BatchHook.Told(event, bench.customers.context(event, 1)))
            .toList();
    List<HookResult> results = batch.handleAll(told);
    Expect.equal("The number of answers", told.size(), results.size());
    Expect.that(
        results.stream().allMatch(HookResult.Delivered.class::isInstance),
        "Events that the sink takes were answered with " + words(results) + ".");
    Expect.equal(
        "What arrived of events that were told together",
        HookDeliveryRules.ids(bench.cleanRun(told.stream().map(BatchHook.Told::event).toList()))
            .stream()
            .sorted()
            .toList(),
        HookDeliveryRules.ids(bench.sink.items()).stream().sorted().toList());
    bench.network.answer(503);
    Expect.that(
        batch.handleAll(told).stream().noneMatch(HookResult.Delivered.class::isInstance),
        "The sink said 503, and some of the events were delivered.");
    bench.network.answerNormally();
    if (bench.sink.refuseLastItem(Refusal.FOR_GOOD)) {
      List<HookResult> parted = batch.handleAll(told);
      Expect.that(
          parted.stream().filter(HookResult.Delivered.class::isInstance).count() == told.size() - 1
              && parted.stream().filter(HookResult.Park.class::isInstance).count() == 1,
          "One of them was refused for good, and the answers are " + words(parted) + ".");
    }
  }

  private static LifecycleEvent sample(HookBench bench, String type, int customer) {
    return HookSamples.live().of(customer).all().stream()
        .filter(event -> event.type().equals(type))
        .map(bench.target::prepared)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> words(List<HookResult> results) {
    return results.stream().map(HookBench::words).toList();
  }

  private static void refusedForGood(HookBench bench) {
    for (LifecycleEvent event : bench.sending()) {
      refuse(bench, Refusal.FOR_GOOD);
      HookResult result = bench.tell(event);
      Expect.that(
          result instanceof HookResult.Park,
          event.type()
              + ", of which a part was refused for good, was answered with "
              + HookBench.words(result)
              + " instead of Park.");
    }
  }

  private static void refusedForNow(HookBench bench) {
    for (LifecycleEvent event : bench.sending()) {
      try (HookBench other = bench.fresh()) {
        refuse(other, Refusal.FOR_NOW);
        HookResult result = other.tell(event);
        Expect.that(
            result instanceof HookResult.Retry,
            event.type()
                + ", of which a part was not taken now, was answered with "
                + HookBench.words(result)
                + " instead of Retry.");
        other.clock.advance(Duration.ofMinutes(5));
        other.delivered(other.hook(), event);
        Expect.equal(
            "What the sink has of " + event.type() + " in the end",
            HookDeliveryRules.effects(bench.cleanRun(List.of(event))),
            HookDeliveryRules.effects(other.sink.items()));
      }
    }
  }

  private static void page(HookBench bench) {
    bench.hook();
    for (LifecycleEvent event : bench.sending()) {
      bench.network.answer(
          request ->
              HookNetwork.answer(200, PAGE, HttpHeaders.none().with("content-type", "text/html")));
      HookResult result = bench.tell(event);
      bench.network.answerNormally();
      Expect.that(
          !(result instanceof HookResult.Delivered),
          event.type() + " was answered with Delivered, and a page for people was all that came.");
    }
  }

  private static void refuse(HookBench bench, Refusal refusal) {
    bench.hook();
    if (!bench.sink.refuseLastItem(refusal)) {
      throw new NotVerifiable("the target's sink can't be told to refuse an item " + refusal);
    }
  }
}
