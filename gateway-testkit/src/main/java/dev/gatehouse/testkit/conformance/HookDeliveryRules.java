package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.testkit.emulator.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** When an event counts as told, in which order, and how often. */
final class HookDeliveryRules {
  private HookDeliveryRules() {}

  static List<HookRule> all() {
    return List.of(
        HookRule.of(
            Rule.must("HK-ORDER-01", Group.HOOK_DELIVERY)
                .rule("Delivered is said only when the sink has taken the event.")
                .why(
                    "What waits in memory to be sent later is lost with the process, and nobody"
                        + " tells it again.")
                .remedy("Send within handle(), wait for the answer, and say what it says."),
            HookDeliveryRules::onlyWhenTaken),
        HookRule.of(
            Rule.must("HK-ORDER-02", Group.HOOK_DELIVERY)
                .rule("The events of a customer arrive in the order in which they were told.")
                .why("A contact who was made a member after she left is a member for ever.")
                .remedy("Keep nothing back: an event that failed is told again before the next."),
            HookDeliveryRules::inOrder),
        HookRule.of(
            Rule.must("HK-REPEAT-01", Group.HOOK_DELIVERY)
                .rule("An event that is told again arrives under the same id.")
                .why("After a crash events come again: the sink knows repeats by their id alone.")
                .remedy("Make the id of header().id(); not of the time, the attempt or a random."),
            HookDeliveryRules::sameId),
        HookRule.of(
            Rule.must("HK-REPEAT-02", Group.HOOK_DELIVERY)
                .rule("An event whose answer was lost has one effect once it was told again.")
                .why("A purchase that is counted twice is revenue that nobody had.")
                .remedy("Answer Retry, and send the same under the same id; make no new one."),
            HookDeliveryRules::onceAfterALostAnswer),
        HookRule.of(
            Rule.must("HK-REPEAT-03", Group.HOOK_DELIVERY)
                .rule("Two events arrive under two ids, however equal they look.")
                .why("Two refunds of ten are twenty; under one id the sink drops the second.")
                .remedy("Make the id of header().id(), not of the payment, customer or amount."),
            HookDeliveryRules::twoAreTwo));
  }

  private static void onlyWhenTaken(HookBench bench) {
    for (LifecycleEvent event : bench.sending()) {
      bench.network.answer(503);
      HookResult result = bench.tell(event);
      bench.network.answerNormally();
      Expect.that(
          !(result instanceof HookResult.Delivered),
          event.type() + " was answered with Delivered, and the sink said 503.");
    }
  }

  private static void inOrder(HookBench bench) {
    List<LifecycleEvent> events = bench.sending();
    List<String> wanted = ids(bench.cleanRun(events));
    for (LifecycleEvent event : events) {
      bench.network.answer(503);
      bench.tell(event);
      bench.network.answerNormally();
      bench.delivered(bench.hook(), event);
    }
    Expect.equal("The order in which they arrived", wanted, ids(bench.sink.items()));
  }

  private static void sameId(HookBench bench) {
    for (LifecycleEvent event : bench.sending()) {
      Set<String> first = Set.copyOf(ids(bench.itemsOf(event)));
      bench.clock.advance(Duration.ofHours(1));
      LifecycleHook restarted = bench.another();
      int before = bench.sink.items().size();
      Expect.that(
          bench.tell(restarted, event, 2) instanceof HookResult.Delivered,
          event.type() + " was not delivered when it was told again.");
      List<HookSink.Item> all = bench.sink.items();
      Set<String> again = Set.copyOf(ids(all.subList(before, all.size())));
      // A hook may remember what it sent, and send nothing.
      Expect.that(
          first.containsAll(again),
          event.type() + " came under " + sorted(again) + " after " + sorted(first) + ".");
    }
  }

  private static void onceAfterALostAnswer(HookBench bench) {
    for (LifecycleEvent event : bench.sending()) {
      Set<String> wanted = new TreeSet<>(ids(bench.cleanRun(List.of(event))));
      try (HookBench other = bench.fresh()) {
        other.hook();
        other.network.strikeNext(FaultProxy.Fault.DROP_ANSWER);
        HookResult result = other.tell(event);
        Expect.that(
            !(result instanceof HookResult.Park),
            event.type() + " was parked because its answer was lost.");
        if (result instanceof HookResult.Retry) {
          other.clock.advance(Duration.ofMinutes(5));
          other.delivered(other.another(), event);
        }
        Expect.equal(
            "What the sink has of " + event.type() + " after a lost answer",
            wanted,
            new TreeSet<>(ids(other.sink.items())));
      }
    }
  }

  private static void twoAreTwo(HookBench bench) {
    for (List<LifecycleEvent> twins : HookSamples.live().twins()) {
      List<LifecycleEvent> pair = bench.prepared(twins);
      if (pair.stream().allMatch(bench.hook()::wants)) {
        Set<String> one = effects(bench.itemsOf(pair.get(0)));
        Set<String> other = effects(bench.itemsOf(pair.get(1)));
        one.retainAll(other);
        Expect.that(
            one.isEmpty(), "Two events of " + pair.get(0).type() + " both came under " + one + ".");
      }
    }
  }

  static List<String> ids(List<HookSink.Item> items) {
    return items.stream().map(HookSink.Item::id).toList();
  }

  /** The ids of what there is one of for each, in a set of its own. */
  static Set<String> effects(List<HookSink.Item> items) {
    return items.stream()
        .filter(item -> !item.isState())
        .map(HookSink.Item::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sorted(Set<String> ids) {
    return new TreeSet<>(ids);
  }
}
