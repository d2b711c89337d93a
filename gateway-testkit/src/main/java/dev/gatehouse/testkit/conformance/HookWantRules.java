package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.LifecycleHook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;

/** Which events a hook is for. */
final class HookWantRules {
  private HookWantRules() {}

  static List<HookRule> all() {
    return List.of(
        HookRule.of(
            Rule.must("HK-WANT-01", Group.HOOK_WANTS)
                .rule("The id has 1 to 64 of a-z, 0-9 and '-', and is the same whenever asked.")
                .why("Deliveries are remembered under it: another id, and all is told again.")
                .remedy("Return a constant, or the id of the instance."),
            HookWantRules::id),
        HookRule.of(
            Rule.must("HK-WANT-02", Group.HOOK_WANTS)
                .rule("Whether it wants an event depends on nothing but the event.")
                .why(
                    "It is asked when the event is raised, by whatever process raises it. What"
                        + " depends on the time or on what came before loses events.")
                .remedy(
                    "Decide from the event's type and fields alone; leave the rest to handle()."),
            HookWantRules::nothingElse),
        HookRule.of(
            Rule.must("HK-WANT-03", Group.HOOK_WANTS)
                .rule("Nobody is asked whether it wants an event.")
                .why("It is decided while a payment is made: a slow sink would make it wait.")
                .remedy("Send no request in wants()."),
            HookWantRules::asksNobody),
        HookRule.of(
            Rule.must("HK-WANT-04", Group.HOOK_WANTS)
                .rule("Every event that it wants is answered, also one without what may be empty.")
                .why(
                    "A free checkout has no payment, and a payment at a till no customer. What"
                        + " throws for them is told again for a week, and then parked.")
                .remedy("Say Delivered where there is nothing to send; expect empty fields."),
            HookWantRules::bare),
        HookRule.of(
            Rule.must("HK-WANT-05", Group.HOOK_WANTS)
                .rule("It sends something of at least one of the kit's samples.")
                .why("A hook that sends nothing would keep every other rule.")
                .remedy("Let the target prepare samples as the hook needs them."),
            bench ->
                Expect.that(
                    bench.samples().stream()
                        .filter(bench.hook()::wants)
                        .anyMatch(event -> !bench.itemsOf(event).isEmpty()),
                    "It sends nothing of any sample.")));
  }

  private static void id(HookBench bench) {
    String id = bench.hook().id();
    Expect.that(
        id != null && id.matches("[a-z0-9-]{1,64}"), "The id is '" + id + "', which is none.");
    Expect.equal("The id of the same hook", id, bench.hook().id());
    Expect.equal("The id of another instance", id, bench.another().id());
  }

  private static void nothingElse(HookBench bench) throws Exception {
    List<LifecycleEvent> all = bench.prepared(HookSamples.live().ofEveryType());
    Map<String, Boolean> first = wanted(bench.hook(), all);
    List<LifecycleEvent> backwards = new ArrayList<>(all);
    Collections.reverse(backwards);
    demandSame("asked in another order", first, wanted(bench.hook(), backwards));
    HookTraits.tellAll(bench, bench.hook(), bench.samples());
    demandSame("asked after it was told them", first, wanted(bench.hook(), all));
    demandSame("asked of another instance", first, wanted(bench.another(), all));
    FutureTask<Map<String, Boolean>> elsewhere = new FutureTask<>(() -> wanted(bench.hook(), all));
    Thread thread = new Thread(elsewhere, "gatehouse-hook-kit");
    thread.setDaemon(true);
    thread.start();
    demandSame("asked on another thread", first, elsewhere.get());
    bench.network.refuse();
    demandSame("asked while the sink is away", first, wanted(bench.hook(), all));
    bench.clock.advance(Duration.ofDays(400));
    demandSame("asked a year later", first, wanted(bench.hook(), all));
  }

  private static Map<String, Boolean> wanted(LifecycleHook hook, List<LifecycleEvent> events) {
    Map<String, Boolean> wanted = new TreeMap<>();
    events.forEach(
        event -> wanted.put(event.type() + " " + event.header().id(), hook.wants(event)));
    return wanted;
  }

  private static void demandSame(
      String when, Map<String, Boolean> first, Map<String, Boolean> again) {
    first.forEach(
        (event, wanted) ->
            Expect.equal(
                "Whether " + event + " is wanted, " + when + ",", wanted, again.get(event)));
  }

  private static void asksNobody(HookBench bench) {
    LifecycleHook hook = bench.hook();
    int before = bench.network.arrived();
    bench.prepared(HookSamples.live().ofEveryType()).forEach(hook::wants);
    Expect.equal("The number of requests in wants()", before, bench.network.arrived());
  }

  private static void bare(HookBench bench) {
    HookTraits.tellAll(bench, bench.hook(), bench.samples());
    HookTraits.tellAll(bench, bench.hook(), bench.prepared(HookSamples.live().bare()));
    HookSamples nobody = HookSamples.live().ofNobody();
    HookTraits.tellAll(bench, bench.hook(), bench.prepared(nobody.bare()));
    HookTraits.tellAll(
        bench,
        bench.hook(),
        nobody.all().stream()
            .filter(event -> !event.type().equals("CustomerCreated"))
            .map(bench.target::prepared)
            .toList());
  }
}
