package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.FaultProxy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a hook may send, keep and log. */
final class HookDataRules {
  private static final int[] STATUSES = {
    200, 207, 302, 400, 401, 403, 404, 413, 422, 429, 500, 503
  };

  private HookDataRules() {}

  static List<HookRule> all() {
    return Stream.of(secrets(), persons(), modes()).flatMap(List::stream).toList();
  }

  private static List<HookRule> secrets() {
    return List.of(
        HookRule.of(
            Rule.must("HK-SECR-01", Group.HOOK_DATA)
                .rule("No secret gets into a log, at any level, nor is it printed.")
                .why("Logs are kept for years, by others, and are read by whoever is on duty.")
                .remedy("Log no headers, bodies or addresses with keys, not even for debugging."),
            bench -> demandUnlogged(bench, "a secret", HookBench.SECRET)),
        HookRule.of(
            Rule.must("HK-SECR-02", Group.HOOK_DATA)
                .rule("Who a customer is gets into no log, at any level, nor is it printed.")
                .why("No erasure reaches a log.")
                .remedy("Log the event's id and type, never what was sent or answered."),
            bench ->
                demandUnlogged(bench, "who the customer is", HookBench.NAME, HookBench.MAILBOX)),
        HookRule.of(
            Rule.must("HK-SECR-03", Group.HOOK_DATA)
                .rule("Neither a secret nor who a customer is stands in a reason or an error.")
                .why("Reasons are kept beside the delivery as they are, and shown to operators.")
                .remedy("Say what happened in words of your own; quote no answer of the sink."),
            HookDataRules::reasons),
        HookRule.of(
            Rule.must("HK-SECR-04", Group.HOOK_DATA)
                .rule("No secret is in the hook's text.")
                .why("toString() ends up in logs and debuggers.")
                .remedy("Keep secrets in SecretValue; write no toString() that shows settings."),
            bench -> demandNone("The hook's text", bench.hook().toString(), HookBench.SECRET)));
  }

  private static List<HookRule> persons() {
    return List.of(
        HookRule.of(
            Rule.must("HK-DATA-01", Group.HOOK_DATA)
                .rule("Of a customer who was erased, nothing personal is sent.")
                .why("Whoever asked to be forgotten is told to a service that forgets nothing.")
                .remedy("Take who it is from the context each time, and remember none of it."),
            HookDataRules::erased),
        HookRule.of(
            Rule.must("HK-DATA-02", Group.HOOK_DATA)
                .rule("What is kept of a customer is not personal, and that it can't be is fine.")
                .why(
                    "A customer may be erased while the hook waits for its sink. Told again, it"
                        + " would be so for a week.")
                .remedy("Keep ids of the sink alone; where nothing is kept, say Delivered."),
            HookDataRules::metadata),
        HookRule.of(
                Rule.must("HK-DATA-03", Group.HOOK_DATA)
                    .rule("Who a customer is arrives as it was written, in any script.")
                    .why("Mail to a broken address comes back, and a name in question marks hurts.")
                    .remedy("Write bodies in UTF-8, whatever the default is; escape for JSON."),
                HookDataRules::scripts)
            .needing(HookTrait.SENDS_PERSONAL_DATA),
        HookRule.of(
                Rule.must("HK-DATA-04", Group.HOOK_DATA)
                    .rule("A customer who is erased is forgotten by a sink that can forget.")
                    .why("Who asked to be forgotten goes on getting mail, and may go to court.")
                    .remedy(
                        "Want CustomerErased; delete by the id that was kept, which is there until"
                            + " then; say Delivered where nobody is known."),
                HookDataRules::forgotten)
            .needing(HookTrait.FORGETS));
  }

  private static List<HookRule> modes() {
    return List.of(
        HookRule.of(
            Rule.must("HK-MODE-01", Group.HOOK_DATA)
                .rule("Nothing that moves money in test mode is sent, unless it is told so.")
                .why("Somebody tries the shop, and the month's revenue is wrong.")
                .remedy("Want no event whose header says TEST, unless a setting asks for them."),
            HookDataRules::testMode),
        HookRule.of(
                Rule.must("HK-MODE-02", Group.HOOK_DATA)
                    .rule("Told to send events of test mode, it does.")
                    .why("A hook that can't be tried is tried in live mode.")
                    .remedy("Let the setting decide, and the mode alone."),
                HookDataRules::testModeWhenTold)
            .needing(HookTrait.SENDS_TEST_MODE));
  }

  /** Whatever can go wrong does, and the sink repeats all that it was sent. */
  private static List<String> trouble(HookBench bench) {
    List<String> said = new ArrayList<>();
    LifecycleHook hook = bench.hook();
    for (LifecycleEvent event : bench.sending()) {
      for (int status : STATUSES) {
        bench.network.answer(request -> echo(status, request));
        said.add(told(bench, hook, event));
      }
      bench.network.answerNormally();
      said.add(told(bench, hook, event));
    }
    LifecycleEvent one = bench.one();
    for (FaultProxy.Fault fault : FaultProxy.Fault.values()) {
      if (fault != FaultProxy.Fault.STALL_ANSWER && fault != FaultProxy.Fault.STALL_REQUEST) {
        bench.network.strikeNext(fault);
        said.add(told(bench, hook, one));
      }
    }
    bench.network.refuse();
    said.add(told(bench, hook, one));
    return said;
  }

  private static HttpResponse echo(int status, HttpRequest request) {
    String headers =
        request.headers().fields().stream()
            .map(field -> field.name() + ": " + field.value())
            .collect(Collectors.joining("; "));
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return HookNetwork.answer(
        status,
        "{\"error\":\"" + request.uri() + " " + (headers + " " + body).replace('"', '\'') + "\"}",
        HttpHeaders.none().with("content-type", "application/json").with("x-request", headers));
  }

  /** All that is said of a call, whatever comes of it. */
  private static String told(HookBench bench, LifecycleHook hook, LifecycleEvent event) {
    try {
      HookResult result = bench.tell(hook, event, 1);
      return String.valueOf(result);
    } catch (RuntimeException e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text, true));
      return text.toString();
    }
  }

  private static void demandUnlogged(HookBench bench, String what, String... canaries) {
    try (Overheard overheard = Overheard.begin()) {
      trouble(bench);
      bench.close();
      for (String canary : canaries) {
        Expect.that(
            overheard.lines().stream().noneMatch(line -> shows(line, canary)),
            "What it logs or prints shows " + what + ".");
      }
    }
  }

  private static void reasons(HookBench bench) {
    for (String said : trouble(bench)) {
      for (String canary : List.of(HookBench.SECRET, HookBench.NAME, HookBench.MAILBOX)) {
        demandNone("What it says of a call that failed", said, canary);
      }
    }
  }

  private static void demandNone(String where, String text, String canary) {
    Expect.that(
        !shows(text, canary),
        where
            + " shows "
            + (canary.equals(HookBench.SECRET) ? "a secret." : "who the customer is."));
  }

  private static boolean shows(String text, String canary) {
    return text.toLowerCase(Locale.ROOT).contains(canary.toLowerCase(Locale.ROOT));
  }

  private static boolean showsCustomer(String text) {
    return shows(text, HookBench.NAME) || shows(text, HookBench.MAILBOX);
  }

  private static void erased(HookBench bench) {
    List<LifecycleEvent> events = bench.sending();
    events.forEach(event -> bench.delivered(bench.hook(), event));
    int before = bench.network.requests().size();
    bench.customers.erase(bench.hook().id());
    bench.prepared(HookSamples.live().all()).stream()
        .filter(bench.hook()::wants)
        .forEach(event -> bench.delivered(bench.hook(), event));
    Expect.that(
        bench.network.requests().stream()
            .skip(before)
            .map(HookTraits::written)
            .noneMatch(HookDataRules::showsCustomer),
        "It sent who the customer was, after the customer was erased.");
  }

  private static void forgotten(HookBench bench) {
    LifecycleEvent erasure = bench.target.prepared(HookSamples.live().erasure());
    bench.sending().forEach(event -> bench.delivered(bench.hook(), event));
    if (!holdsCustomer(bench)) {
      throw new NotVerifiable(
          "the target's sink holds() nothing of the customer after all samples");
    }
    bench.customers.erase(bench.hook().id());
    Expect.that(bench.hook().wants(erasure), "It does not want CustomerErased.");
    bench.network.answer(503);
    HookResult result = bench.tell(erasure);
    Expect.that(
        result instanceof HookResult.Retry,
        "Where the sink says 503, CustomerErased was answered with "
            + HookBench.words(result)
            + ".");
    bench.network.answerNormally();
    bench.delivered(bench.hook(), erasure);
    Expect.that(!holdsCustomer(bench), "The sink still holds who the customer was.");
    bench.delivered(bench.another(), erasure);
  }

  private static boolean holdsCustomer(HookBench bench) {
    return bench.sink.holds().stream().anyMatch(HookDataRules::showsCustomer);
  }

  private static void metadata(HookBench bench) {
    HookTraits.tellAll(bench, bench.hook(), bench.samples());
    bench
        .customers
        .kept()
        .forEach(
            (key, value) ->
                Expect.that(
                    !showsCustomer(key + value),
                    "It keeps who the customer is under '" + key + "'."));
    bench.customers.keepNothing();
    HookTraits.tellAll(bench, bench.another(), bench.samples());
  }

  private static void scripts(HookBench bench) {
    List<LifecycleEvent> events = bench.sending();
    for (String name : List.of("Zoë Ünal", "山田 太郎", "مريم", "Noor 😀 O'Neill \"x\" <b>")) {
      try (HookBench other = bench.fresh()) {
        other.customers.are(HookBench.person(name));
        events.forEach(event -> other.delivered(other.hook(), event));
        String all = other.arrived();
        Expect.that(
            all.contains(name) || all.contains(HookBench.MAILBOX),
            "Neither the name '" + name + "' nor its address arrived.");
        Expect.that(
            HookLimitRules.isWhole(all), "The name '" + name + "' arrived with characters broken.");
      }
    }
  }

  static List<LifecycleEvent> ofTestMode(HookBench bench) {
    return bench.prepared(
        HookSamples.live().inTestMode().all().stream()
            .filter(event -> event.header().mode().isPresent())
            .toList());
  }

  private static void testMode(HookBench bench) {
    LifecycleHook hook = bench.hook();
    HookTraits.tellAll(bench, hook, ofTestMode(bench));
    Expect.that(
        bench.sink.items().isEmpty(),
        "It sent " + bench.sink.items().size() + " things of test mode without being told so.");
  }

  private static void testModeWhenTold(HookBench bench) {
    LifecycleHook hook = bench.open(HookBench.TIME_LIMIT, true);
    HookTraits.tellAll(bench, hook, ofTestMode(bench));
    Expect.that(!bench.sink.items().isEmpty(), "It sent nothing of test mode, though told so.");
  }
}
