package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.WebhookRules.demandGenuine;
import static dev.gatehouse.testkit.conformance.WebhookRules.demandNotVerified;
import static dev.gatehouse.testkit.conformance.WebhookRules.headers;
import static dev.gatehouse.testkit.conformance.WebhookRules.notice;
import static dev.gatehouse.testkit.conformance.WebhookRules.receive;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** By whom a notice was signed, when, and over what. */
final class SignatureRules {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String PREVIOUS = "-previous";
  private static final String FOREIGN = "Z\u00fcrich \u5bff\u53f8 \ud83c\udf63";
  private static final String ATTACKER = "attacker.example";

  /** Base64 ends in padding, and before it in bits that nobody reads. */
  private static final int UNREAD = 4;

  private SignatureRules() {}

  static List<Rule> all() {
    return List.of(
        rule("GW-HOOK-09")
            .rule("One changed character of the signature's header or of its time is rejected.")
            .why("Whoever can date an old notice anew plays it again for ever.")
            .remedy("Sign the time with the body as it is written; reject what has another form.")
            .by(SignatureRules::changedHeaders),
        rule("GW-HOOK-10")
            .rule("Two signature headers that differ are rejected, in whatever order.")
            .why("A proxy looks at the first one, the gateway at the last, the attacker sends two.")
            .remedy("Reject unless header(name) has exactly one value.")
            .by(SignatureRules::doubled),
        rule("GW-HOOK-11")
            .rule("With nothing but the required settings, what is not signed is not verified.")
            .why("A shop that has not set the secret yet is paid by whoever sends a notice.")
            .remedy("Reject every notice while there is no secret to verify it with.")
            .by(SignatureRules::withoutSecret),
        rule("GW-HOOK-12")
            .rule(
                "While a secret is replaced, notices under both are verified, and under the old one"
                    + " no longer when that is over.")
            .why("Providers sign with either for a day, and shops can't restart at that moment.")
            .remedy(
                "Verify each signature of the header by each secret that is set, and by no other.")
            .by(SignatureRules::twoSecrets),
        rule("GW-HOOK-13")
            .rule("A notice that is a minute late, or a minute ahead of our clock, is verified.")
            .why("Queues and clocks are off by so much every day; each notice would be lost.")
            .remedy("Tolerate some minutes either way.")
            .by(SignatureRules::slightlyOff),
        rule("GW-HOOK-14")
            .rule("Where notices are dated, one from tomorrow or a month ago is not verified.")
            .why("A notice that is dated ahead can be kept and played when it suits.")
            .remedy("Compare the signed time with the clock, and bound it on both sides.")
            .by(SignatureRules::farOff),
        rule("GW-HOOK-15")
            .rule("The same data in other bytes is not what was signed, and is rejected.")
            .why(
                "What two parsers read in two ways is signed as one thing and believed as another.")
            .remedy("Verify the bytes that came; never what a parser would write of them.")
            .by(SignatureRules::otherBytes),
        rule("GW-HOOK-16")
            .rule(
                "White space, escapes, scripts and the order of keys are the provider's own affair.")
            .why("A provider that changes its JSON library would be taken for a forger.")
            .remedy("Verify the bytes that came; never what a parser would write of them.")
            .by(SignatureRules::otherHand),
        rule("GW-HOOK-17")
            .rule("Nothing is fetched from an address that a notice names and that is not theirs.")
            .why("Whoever names the certificate signs whatever they like.")
            .remedy("Compare the whole host with the provider's own before anything is fetched.")
            .by(SignatureRules::attackersAddress),
        Rule.should("GW-HOOK-25", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("A notice counts for just as long as the provider says, and not longer.")
            .why("A day instead of five minutes is a day to play an overheard notice again.")
            .remedy("Compare the signed time with the clock, by the provider's own tolerance.")
            .by(SignatureRules::tolerance));
  }

  /** Where the target says how long a notice counts. */
  private static void tolerance(Bench bench) {
    Optional<Duration> tolerance = bench.provider.noticesCountFor();
    PendingWebhook notice = genuine(bench);
    if (!isDated(bench, notice)) {
      throw Lack.DATED_NOTICES.missingIn(bench.target);
    }
    if (tolerance.isEmpty()) {
      throw new NotVerifiable("the target does not say for how long its provider's notices count");
    }
    PendingWebhook now = bench.provider.signedNow(notice);
    TestClock behind = TestClock.at(bench.clock.instant().minus(tolerance.get()).minus(SECONDS));
    demandNotVerified(receive(bench.another(behind), now), "A notice just too far ahead");
    bench.clock.advance(tolerance.get().minus(SECONDS));
    demandGenuine(receive(bench.gateway(), now));
    bench.clock.advance(SECONDS.multipliedBy(2));
    demandNotVerified(receive(bench.gateway(), now), "A notice just too old");
  }

  private static Rule.Builder rule(String id) {
    return Rule.must(id, Group.WEBHOOKS).needs(Capability.WEBHOOKS);
  }

  private static PendingWebhook genuine(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    demandGenuine(receive(bench, notice));
    return notice;
  }

  private static void changedHeaders(Bench bench) {
    PendingWebhook notice = genuine(bench);
    Map<String, List<String>> genuine = headers(notice.headers());
    for (String name : genuine.keySet()) {
      boolean signature = WebhookRules.isSignature(name);
      if (signature || name.toLowerCase(Locale.ROOT).contains("time")) {
        String value = genuine.get(name).get(0);
        int step = Math.max(1, value.length() / 64);
        for (int i = 0; i < value.length() - (signature ? UNREAD : 0); i += step) {
          Map<String, List<String>> changed = new TreeMap<>(genuine);
          changed.put(name, List.of(changed(value, i)));
          demandNotVerified(
              receive(bench, changed, notice.body()),
              "A notice with character " + i + " of " + name + " changed");
        }
      }
    }
  }

  private static String changed(String value, int at) {
    return value.substring(0, at) + (char) (value.charAt(at) ^ 1) + value.substring(at + 1);
  }

  private static void doubled(Bench bench) {
    PendingWebhook notice = genuine(bench);
    for (boolean genuineFirst : new boolean[] {true, false}) {
      Map<String, List<String>> two = headers(notice.headers());
      two.replaceAll(
          (name, values) ->
              WebhookRules.isSignature(name) ? doubled(values.get(0), genuineFirst) : values);
      demandNotVerified(
          receive(bench, two, notice.body()),
          "A notice with two signatures, the " + (genuineFirst ? "first" : "second") + " genuine,");
    }
  }

  private static List<String> doubled(String genuine, boolean first) {
    String forged = changed(genuine, Math.max(0, genuine.length() - 8));
    return first ? List.of(genuine, forged) : List.of(forged, genuine);
  }

  private static void withoutSecret(Bench bench) {
    PendingWebhook notice = genuine(bench);
    Map<String, String> settings = new TreeMap<>(bench.provider.settings());
    settings.keySet().retainAll(required(bench));
    PaymentGateway gateway = bench.another(settings);
    Map<String, List<String>> none = headers(notice.headers());
    none.keySet().removeIf(WebhookRules::isSignature);
    demandNotVerified(receive(gateway, none, notice.body()), "A notice without a signature");
    Map<String, List<String>> blank = headers(notice.headers());
    blank.replaceAll((name, values) -> WebhookRules.isSignature(name) ? List.of("") : values);
    demandNotVerified(receive(gateway, blank, notice.body()), "A notice with a blank signature");
    Map<String, List<String>> forged = headers(notice.headers());
    forged.replaceAll(
        (name, values) ->
            WebhookRules.isSignature(name) ? doubled(values.get(0), false).subList(0, 1) : values);
    demandNotVerified(receive(gateway, forged, notice.body()), "A notice with a forged signature");
  }

  private static Set<String> required(Bench bench) {
    Set<String> names = new TreeSet<>();
    bench.description().settings().stream()
        .filter(SettingSpec::required)
        .forEach(spec -> names.add(spec.name()));
    // Which site it speaks to is no secret, and not what is asked here.
    bench.description().settings().stream()
        .filter(spec -> spec.kind() == SettingKind.URL)
        .forEach(spec -> names.add(spec.name()));
    return names;
  }

  /** As is the house's custom, the secret before is a setting of the same name, and so on. */
  private static Optional<String> replaceable(Bench bench) {
    Set<String> names = new TreeSet<>();
    bench.description().settings().forEach(spec -> names.add(spec.name()));
    return names.stream()
        .filter(name -> names.contains(name + PREVIOUS))
        .filter(bench.provider.settings()::containsKey)
        .findFirst();
  }

  private static void twoSecrets(Bench bench) {
    String setting =
        replaceable(bench).orElseThrow(() -> Lack.SECRET_ROTATION.missingIn(bench.target));
    PendingWebhook notice = genuine(bench);
    String signed = String.valueOf(bench.provider.settings().get(setting));
    String other = signed.substring(0, signed.length() - 1) + (signed.endsWith("a") ? "b" : "a");
    Map<String, String> settings = new TreeMap<>(bench.provider.settings());
    settings.put(setting, other);
    demandNotVerified(
        receive(bench.another(settings), notice), "A notice under a secret that was replaced");
    settings.put(setting + PREVIOUS, signed);
    demandGenuine(receive(bench.another(settings), notice));
    settings.put(setting, signed);
    settings.put(setting + PREVIOUS, other);
    demandGenuine(receive(bench.another(settings), notice));
    bench
        .provider
        .signedTwice(notice)
        .ifPresent(signedByBoth -> demandGenuine(receive(bench.gateway(), signedByBoth)));
  }

  private static void slightlyOff(Bench bench) {
    PendingWebhook notice = genuine(bench);
    TestClock behind = TestClock.at(bench.clock.instant().minus(MINUTE));
    demandGenuine(receive(bench.another(behind), notice));
    bench.clock.advance(MINUTE);
    demandGenuine(receive(bench.gateway(), notice));
  }

  private static void farOff(Bench bench) {
    PendingWebhook notice = genuine(bench);
    if (!isDated(bench, notice)) {
      throw Lack.DATED_NOTICES.missingIn(bench.target);
    }
    PendingWebhook now = bench.provider.signedNow(notice);
    TestClock behind = TestClock.at(bench.clock.instant().minus(DAY));
    demandNotVerified(receive(bench.another(behind), now), "A notice that is dated tomorrow");
    bench.clock.advance(Duration.ofDays(30));
    demandNotVerified(receive(bench.gateway(), now), "A notice that is dated a month ago");
  }

  /** The same at the same time, and another at another. */
  private static boolean isDated(Bench bench, PendingWebhook notice) {
    PendingWebhook first = bench.provider.signedNow(notice);
    boolean steady = first.headers().equals(bench.provider.signedNow(notice).headers());
    bench.clock.advance(DAY);
    return steady && !first.headers().equals(bench.provider.signedNow(notice).headers());
  }

  private static void otherBytes(Bench bench) {
    PendingWebhook notice = genuine(bench);
    for (String other : JsonForms.others(notice.body())) {
      byte[] body = other.getBytes(StandardCharsets.UTF_8);
      demandNotVerified(
          receive(bench, headers(notice.headers()), body), "A body that was written anew");
    }
  }

  private static void otherHand(Bench bench) {
    PendingWebhook notice = genuine(bench);
    List<String> others = new ArrayList<>(JsonForms.others(notice.body()));
    if (JsonForms.tree(notice.body()) instanceof ObjectNode object) {
      others.add(
          new String(JsonForms.bytes(object.put("zz_text", FOREIGN)), StandardCharsets.UTF_8));
    }
    for (String other : others) {
      byte[] body = other.getBytes(StandardCharsets.UTF_8);
      demandGenuine(receive(bench, NoticeRules.signed(bench, notice, body)));
    }
  }

  private static void attackersAddress(Bench bench) {
    PendingWebhook notice = genuine(bench);
    Map<String, List<String>> genuine = headers(notice.headers());
    Map<String, String> naming = new TreeMap<>();
    genuine.forEach(
        (name, values) ->
            values.stream()
                .limit(1)
                .filter(SignatureRules::isAddress)
                .forEach(address -> naming.put(name, address)));
    for (Map.Entry<String, String> named : naming.entrySet()) {
      URI address = URI.create(named.getValue());
      for (String other : attackers(address.getHost(), address.getRawPath())) {
        Map<String, List<String>> changed = new TreeMap<>(genuine);
        changed.put(named.getKey(), List.of(other));
        demandNotVerified(
            demandNothingFetched(bench, changed, notice, other), "What " + other + " vouches for");
      }
    }
    // Who looks at no address at home must not look at one that a stranger brings.
    for (String other :
        naming.isEmpty() ? attackers("provider.example", "/cert") : List.<String>of()) {
      Map<String, List<String>> more = new TreeMap<>(genuine);
      genuine.keySet().stream()
          .filter(WebhookRules::isSignature)
          .forEach(name -> more.put(name.replaceFirst("(?i)sig.*", "cert-url"), List.of(other)));
      demandNothingFetched(bench, more, notice, other);
    }
  }

  private static boolean isAddress(String value) {
    return value.startsWith("https://") || value.startsWith("http://");
  }

  private static List<String> attackers(String host, String path) {
    return List.of(
        "https://" + ATTACKER + path,
        "https://" + host + "." + ATTACKER + path,
        "https://" + host + "@" + ATTACKER + path,
        "https://" + ATTACKER + "/?" + host + path,
        "https://" + host + ":8443." + ATTACKER + path,
        "http://" + host + path);
  }

  private static WebhookAnswer demandNothingFetched(
      Bench bench, Map<String, List<String>> headers, PendingWebhook notice, String address) {
    int before = bench.network.sent().size();
    var answer = receive(bench, headers, notice.body());
    List<HttpRequest> sent = new ArrayList<>(bench.network.sent());
    for (HttpRequest request : sent.subList(before, sent.size())) {
      Expect.that(
          !request.uri().toString().contains(ATTACKER) && !request.uri().toString().equals(address),
          "A notice that names " + address + " made it send a request there.");
    }
    return answer;
  }
}
