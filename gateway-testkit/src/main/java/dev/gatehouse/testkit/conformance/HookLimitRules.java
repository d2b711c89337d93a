package dev.gatehouse.testkit.conformance;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.joda.money.Money;

/** What a sink takes, and that it is sent no more. */
final class HookLimitRules {
  private static final int LONGEST = 255;
  private static final int MANY = 120;
  private static final Money CENT = Money.parse("EUR 0.01");

  private HookLimitRules() {}

  static List<HookRule> all() {
    return List.of(
        HookRule.of(
            Rule.must("HK-LIMIT-01", Group.HOOK_LIMITS)
                .rule("Texts as long as we allow them break no limit of the sink.")
                .why("The sink refuses the whole event for one plan with a long name.")
                .remedy("Cut texts to what the sink's documentation allows, or park the event."),
            bench -> hold(bench, longTexts("Gold, for whoever likes it. "))),
        HookRule.of(
            Rule.must("HK-LIMIT-02", Group.HOOK_LIMITS)
                .rule("A checkout with many lines breaks no limit of the sink.")
                .why("Services that take 25 events drop the twenty-sixth without a word.")
                .remedy("Send in parts of the size that the documentation allows."),
            bench ->
                hold(
                    bench,
                    HookSamples.live()
                        .saying(
                            IntStream.range(0, MANY)
                                .mapToObj(i -> Line.of("Article " + i, 1, CENT))
                                .toList(),
                            "Gold"))),
        HookRule.of(
            Rule.must("HK-LIMIT-03", Group.HOOK_LIMITS)
                .rule("Text in any script arrives with its characters whole, however long it is.")
                .why("Cut in the middle of a character, it is refused, or shown as garbage.")
                .remedy("Cut between code points; write UTF-8."),
            HookLimitRules::scripts),
        HookRule.of(
            Rule.must("HK-LIMIT-04", Group.HOOK_LIMITS)
                .rule(
                    "An event that is told days late, or seems to come from tomorrow, breaks none.")
                .why("After a long outage, or with a clock that is wrong, all of them are refused.")
                .remedy("Leave the time out, or move it, where the sink does not take it."),
            HookLimitRules::times));
  }

  private static HookSamples longTexts(String piece) {
    String text = piece.repeat(LONGEST / piece.length() + 1);
    String cut = text.substring(0, LONGEST - LONGEST % piece.length());
    return HookSamples.live().saying(List.of(Line.of(cut, 1, CENT)), cut);
  }

  private static void hold(HookBench bench, HookSamples samples) {
    for (LifecycleEvent event : bench.prepared(samples.all())) {
      if (bench.hook().wants(event)) {
        HookResult result = bench.tell(event);
        Expect.that(
            bench.sink.violations().isEmpty(),
            event.type() + " broke the sink's limits: " + bench.sink.violations() + ".");
        Expect.that(
            !(result instanceof HookResult.Retry),
            event.type() + " was answered with Retry, and the sink takes what keeps its limits.");
      }
    }
  }

  private static void scripts(HookBench bench) {
    for (String piece : List.of("ü", "山", "😀", "م ", "a😀")) {
      try (HookBench other = bench.fresh()) {
        hold(other, longTexts(piece));
        String all = other.arrived();
        Expect.that(
            isWhole(all) && !all.contains(piece + "?"),
            "A long text of '" + piece + "' arrived with characters broken.");
      }
    }
  }

  /** Whether no character was replaced on the way, and none is a half. */
  static boolean isWhole(String text) {
    return !text.contains("\ufffd")
        && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        && !text.contains("???")
        && !text.contains("\u00c3\u00bc");
  }

  private static void times(HookBench bench) {
    for (Duration off : List.of(Duration.ofDays(-10), Duration.ofHours(-80), Duration.ofDays(1))) {
      Instant at = bench.clock.instant().plus(off);
      try (HookBench other = bench.fresh()) {
        hold(other, HookSamples.live().raisedAt(at));
      }
    }
  }
}
