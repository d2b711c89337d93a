package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.testkit.emulator.FaultProxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What a hook makes of what its sink says, or does not say. */
final class HookAnswerRules {
  private static final Duration LONGEST_PAUSE = Duration.ofDays(8);

  private HookAnswerRules() {}

  static List<HookRule> all() {
    return List.of(
        HookRule.of(
            Rule.must("HK-ANSW-01", Group.HOOK_ANSWERS)
                .rule("429 is answered with Retry, after what Retry-After says at the earliest.")
                .why("Sinks shut out who goes on knocking, for all of the shop's customers.")
                .remedy("Read Retry-After in seconds, and hand it on as the Retry's pause."),
            bench -> pause(bench, 429)),
        HookRule.of(
            Rule.must("HK-ANSW-02", Group.HOOK_ANSWERS)
                .rule("503 is answered with Retry, after what Retry-After says at the earliest.")
                .why(
                    "A sink that says when it will be back is not helped by those who come before.")
                .remedy("Treat Retry-After of 503 as that of 429."),
            bench -> pause(bench, 503)),
        HookRule.of(
            Rule.should("HK-ANSW-03", Group.HOOK_ANSWERS)
                .rule("A Retry-After that is a date is kept, too.")
                .why("RFC 9110 has both forms, and proxies write dates.")
                .remedy(
                    "Parse it as an HTTP date where it is no number; subtract the clock's time."),
            HookAnswerRules::date),
        HookRule.of(
            Rule.must("HK-ANSW-04", Group.HOOK_ANSWERS)
                .rule("500, 502, 503, 504 and 408 are answered with Retry.")
                .why("The sink is restarted, and whatever was parked waits for a person.")
                .remedy("Answer Retry without a pause: the framework's grows by itself."),
            HookAnswerRules::failing),
        HookRule.of(
            Rule.must("HK-ANSW-05", Group.HOOK_ANSWERS)
                .rule("A Retry-After that makes no sense is passed over.")
                .why("Somebody between writes nonsense, and the hook throws, or waits for years.")
                .remedy("Take seconds from 0 to some days, and nothing else."),
            HookAnswerRules::nonsense),
        HookRule.of(
            Rule.must("HK-ANSW-06", Group.HOOK_ANSWERS)
                .rule("400, 404, 413 and 422 are answered with Park; with Retry where declared.")
                .why(
                    "What the sink does not understand it will not understand tomorrow, and the"
                        + " customer's later events wait a week for nothing.")
                .remedy(
                    "Answer Park with a reason in words of your own. Declare RETRIES_REFUSALS where"
                        + " the sink is somebody's program and not a service."),
            HookAnswerRules::refused),
        HookRule.of(
            Rule.must("HK-ANSW-07", Group.HOOK_ANSWERS)
                .rule(
                    "401 and 403 are parked, throw a typed error, or are told again where declared;"
                        + " nobody believes them good.")
                .why("A key that was changed is seen when somebody asks where the contacts are.")
                .remedy("Answer Park, and say that the sink refuses the credentials."),
            HookAnswerRules::credentials),
        HookRule.of(
            Rule.must("HK-ANSW-08", Group.HOOK_ANSWERS)
                .rule("Where no answer comes, the event is told again.")
                .why("Networks break; most of what is lost that way nobody ever misses.")
                .remedy("Answer Retry for whatever the transport throws."),
            HookAnswerRules::silence),
        HookRule.of(
            Rule.must("HK-ANSW-09", Group.HOOK_ANSWERS)
                .rule("An answer that breaks off, or is none, parks nothing.")
                .why("It says nothing of the event, and nobody can do more about it than wait.")
                .remedy("Answer Retry for what can't be read."),
            HookAnswerRules::garbage),
        HookRule.of(
            Rule.must("HK-ANSW-10", Group.HOOK_ANSWERS)
                .rule("A redirect is not followed, and nothing was delivered by it.")
                .why("It takes customers' data and the key in the header to whoever wrote it.")
                .remedy("Follow none; answer Park, for the address in the settings is wrong."),
            HookAnswerRules::redirect),
        HookRule.of(
            Rule.should("HK-ANSW-11", Group.HOOK_ANSWERS)
                .rule("A call that fails sends no more requests than one that goes well.")
                .why("Repeating at once makes a sink that is busy busier, times every hook.")
                .remedy("Answer Retry, and leave the repeating to the framework."),
            HookAnswerRules::noHammering));
  }

  private static void pause(HookBench bench, int status) {
    LifecycleEvent event = bench.one();
    for (int seconds : new int[] {7, 3600}) {
      bench.network.answer(status, "retry-after", Integer.toString(seconds));
      demandPause(bench, event, status, Duration.ofSeconds(seconds));
      // Whoever keeps quiet for as long as it was asked to has to be asked again.
      bench.clock.advance(Duration.ofSeconds(seconds));
    }
  }

  private static void date(HookBench bench) {
    LifecycleEvent event = bench.one();
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            bench.clock.instant().plusSeconds(90).atOffset(ZoneOffset.UTC));
    bench.network.answer(429, "retry-after", date);
    demandPause(bench, event, 429, Duration.ofSeconds(89));
  }

  private static void demandPause(
      HookBench bench, LifecycleEvent event, int status, Duration least) {
    HookResult.Retry retry = retry(bench, event, status);
    Expect.that(
        retry.after().isPresent() && retry.after().get().compareTo(least) >= 0,
        status + " was answered with " + HookBench.words(retry) + "; the sink said " + least + ".");
  }

  /** By another instance each time: one that was told to wait may keep quiet until then. */
  private static HookResult.Retry retry(HookBench bench, LifecycleEvent event, Object answer) {
    HookResult result = bench.tell(bench.another(), event, 1);
    if (result instanceof HookResult.Retry retry) {
      return retry;
    }
    throw new AssertionError(
        answer + " was answered with " + HookBench.words(result) + " instead of Retry.");
  }

  private static void failing(HookBench bench) {
    LifecycleEvent event = bench.one();
    for (int status : new int[] {500, 502, 503, 504, 408}) {
      bench.network.answer(status);
      retry(bench, event, status);
    }
  }

  private static void nonsense(HookBench bench) {
    LifecycleEvent event = bench.one();
    for (String words : List.of("-5", "soon", "99999999999999999999", "1.5", "2147483648")) {
      bench.network.answer(429, "retry-after", words);
      HookResult.Retry retry = retry(bench, event, "429 with a Retry-After of '" + words + "'");
      retry
          .after()
          .ifPresent(
              after ->
                  Expect.that(
                      !after.isNegative() && after.compareTo(LONGEST_PAUSE) <= 0,
                      "A Retry-After of '" + words + "' became a pause of " + after + "."));
    }
  }

  static void refused(HookBench bench) {
    LifecycleEvent event = bench.one();
    Class<? extends HookResult> wanted =
        retriesRefusals(bench) ? HookResult.Retry.class : HookResult.Park.class;
    bench.hook();
    for (int status : new int[] {400, 404, 413, 422}) {
      bench.network.answer(status);
      HookResult result = bench.tell(event);
      Expect.that(
          wanted.isInstance(result),
          status
              + " was answered with "
              + HookBench.words(result)
              + " instead of "
              + wanted.getSimpleName()
              + ".");
    }
  }

  private static boolean retriesRefusals(HookBench bench) {
    return bench.target.traits().contains(HookTrait.RETRIES_REFUSALS);
  }

  private static void credentials(HookBench bench) {
    LifecycleEvent event = bench.one();
    for (int status : new int[] {401, 403}) {
      bench.network.answer(status);
      try {
        HookResult result = bench.tell(event);
        Expect.that(
            result instanceof HookResult.Park
                || retriesRefusals(bench) && result instanceof HookResult.Retry,
            status + " was answered with " + HookBench.words(result) + ".");
      } catch (GatehouseException e) {
        // Typed and loud.
        continue;
      }
    }
  }

  private static void silence(HookBench bench) {
    LifecycleEvent event = bench.one();
    bench.hook();
    bench.network.refuse();
    retry(bench, event, "A refused connection");
    bench.network.answerNormally();
    for (FaultProxy.Fault fault :
        List.of(FaultProxy.Fault.DROP_REQUEST, FaultProxy.Fault.DROP_ANSWER)) {
      bench.network.strikeNext(fault);
      int before = bench.sink.items().size();
      HookResult result = bench.tell(event);
      boolean isTaken = bench.sink.items().size() > before;
      Expect.that(
          result instanceof HookResult.Retry || (isTaken && result instanceof HookResult.Delivered),
          fault + " was answered with " + HookBench.words(result) + " instead of Retry.");
    }
  }

  private static void garbage(HookBench bench) {
    LifecycleEvent event = bench.one();
    bench.hook();
    for (FaultProxy.Fault fault : List.of(FaultProxy.Fault.TRUNCATE, FaultProxy.Fault.GARBAGE)) {
      bench.network.strikeNext(fault);
      HookResult result = bench.tell(event);
      Expect.that(
          !(result instanceof HookResult.Park),
          fault + " was answered with " + HookBench.words(result) + ".");
    }
  }

  private static void redirect(HookBench bench) {
    LifecycleEvent event = bench.one();
    for (int status : new int[] {301, 302, 307, 308}) {
      String elsewhere = bench.network.baseUrl() + "/gatehouse-elsewhere";
      bench.network.answer(
          request ->
              request.uri().getPath().equals("/gatehouse-elsewhere")
                  ? HookNetwork.answer(200, "{}", HttpHeaders.none())
                  : HookNetwork.answer(status, "", HttpHeaders.none().with("location", elsewhere)));
      HookResult result = bench.tell(event);
      Expect.that(
          bench.network.requests().stream()
              .noneMatch(request -> request.uri().getPath().equals("/gatehouse-elsewhere")),
          "It followed a redirect of " + status + ".");
      Expect.that(
          !(result instanceof HookResult.Delivered), status + " was answered with Delivered.");
    }
  }

  private static void noHammering(HookBench bench) {
    LifecycleEvent event = bench.one();
    bench.hook();
    int before = bench.network.arrived();
    bench.itemsOf(event);
    int good = bench.network.arrived() - before;
    for (int status : new int[] {500, 429}) {
      bench.network.answer(status);
      before = bench.network.arrived();
      bench.tell(event);
      int sent = bench.network.arrived() - before;
      Expect.that(
          sent <= Math.max(1, good), status + " was answered with " + sent + " requests, at once.");
    }
  }
}
