package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Languages, scripts, clocks. */
final class LocaleRules {
  private static final Object ONE_AT_A_TIME = new Object();
  private static final List<String> LANGUAGES =
      List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai");
  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  /** What shows that a text is there, whatever became of the rest of it. */
  private static final String MARK = "Wq7Zx";

  private static final String TEXT =
      MARK
          + " \u00dc\u011f\u0131 \u5bff\u53f8 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \ud83c\udf63";

  private static final Duration SKEW = Duration.ofMinutes(4);
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu");

  /** A leap day, an hour that is missing, one that comes twice, and the last second of a year. */
  private static final List<Instant> DAYS =
      List.of(
          Instant.parse("2028-02-29T12:00:00Z"),
          Instant.parse("2028-02-29T23:59:58Z"),
          Instant.parse("2026-03-29T01:30:00Z"),
          Instant.parse("2026-10-25T00:30:00Z"),
          Instant.parse("2026-12-31T23:59:59Z"));

  private LocaleRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-LOCALE-01", Group.LOCALE)
            .rule(
                "The requests are the same bytes, the description the same words, and answers are"
                    + " understood alike, whatever language the server speaks.")
            .why(
                "In Turkish the small letter of I is another one, in Arabic and Thai digits are"
                    + " others: keys, amounts and headers come out wrong on one server of ten.")
            .remedy("Use Locale.ROOT wherever text is formatted or its case is changed.")
            .by(LocaleRules::sameBytes),
        Rule.must("GW-LOCALE-02", Group.LOCALE)
            .rule(
                "Emoji and text in other scripts arrive as they were written, are left out, or are"
                    + " refused cleanly.")
            .why("Question marks on a statement are disputed, and a broken name fails checks.")
            .remedy("Write bodies in UTF-8, whatever the default is; cut between code points.")
            .by(LocaleRules::scripts),
        Rule.must("GW-LOCALE-03", Group.LOCALE)
            .rule("A server's clock that is put back an hour breaks nothing.")
            .why("Servers correct their clocks while payments are on their way.")
            .remedy(
                "Let nothing depend on time going on: keep no time that was seen, and treat a"
                    + " negative duration as zero.")
            .by(LocaleRules::backwards),
        Rule.must("GW-LOCALE-04", Group.LOCALE)
            .rule("Fields that nobody has heard of, in answers and in notices, change nothing.")
            .why("Providers add fields at any time, and call that no change of their API.")
            .remedy("Let the parser ignore what it does not know.")
            .by(LocaleRules::unknownFields),
        Rule.must("GW-LOCALE-05", Group.LOCALE)
            .rule(
                "The requests, and what is shown, are the same in every time zone, and on leap"
                    + " days and such.")
            .why("There is a night in which an hour is missing, and a day that few years have.")
            .remedy("Read and write times in UTC, as an Instant; name no zone but that.")
            .by(LocaleRules::zones),
        Rule.must("GW-LOCALE-06", Group.LOCALE)
            .rule("A charge in doubt is found though our clock is some minutes off.")
            .why("A list from when we sent to now misses what the provider dates otherwise.")
            .remedy("Leave some minutes before the first send and after the last one.")
            .by(LocaleRules::skewed),
        Rule.must("GW-LOCALE-07", Group.LOCALE)
            .rule("Where the default charset is not UTF-8, texts arrive, and notices verify, too.")
            .why("Servers that are started without a language have another one.")
            .remedy("Name StandardCharsets.UTF_8 wherever text becomes bytes, or the reverse.")
            .by(LocaleRules::otherCharset));
  }

  private static void sameBytes(Bench bench) {
    synchronized (ONE_AT_A_TIME) {
      GatewayDescription described = speaking(Locale.ENGLISH, bench::description);
      Recorded plain = recorded(bench, Locale.ENGLISH);
      if (!plain.requests().equals(recorded(bench, Locale.ENGLISH).requests())) {
        throw new NotVerifiable("the gateway sends something else each time");
      }
      for (String language : LANGUAGES) {
        DiscoveryRules.demandSame(
            described, speaking(Locale.forLanguageTag(language), bench::description));
        Recorded there = recorded(bench, Locale.forLanguageTag(language));
        String where = "where the server speaks " + language;
        demandSame(where, plain.requests(), there.requests());
        demandShown(where, plain, there);
      }
    }
  }

  private static void demandSame(String where, List<String> plain, List<String> other) {
    for (int i = 0; i < Math.min(plain.size(), other.size()); i++) {
      Expect.equal("A request " + where, plain.get(i), other.get(i));
    }
    Expect.equal("The number of requests " + where, plain.size(), other.size());
  }

  private static void demandShown(String where, Recorded plain, Recorded other) {
    for (int i = 0; i < plain.shown().size(); i++) {
      Expect.equal("What is shown " + where, plain.shown().get(i), other.shown().get(i));
    }
  }

  private static Recorded recorded(Bench like, Locale language) {
    return speaking(language, () -> Recorded.of(like, Bench.START));
  }

  private static <T> T speaking(Locale language, Supplier<T> what) {
    Locale general = Locale.getDefault();
    Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(language);
    try {
      return what.get();
    } finally {
      Locale.setDefault(general);
      Locale.setDefault(Locale.Category.DISPLAY, display);
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
  }

  private static void scripts(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE).describedAs(TEXT).by(Recorded.customer(TEXT));
    Outcome outcome = bench.charge(sale);
    if (!(outcome instanceof Outcome.NotSent)) {
      Expect.outcome(Outcome.Succeeded.class, outcome);
    }
    for (HttpRequest request : bench.network.acting()) {
      String body = decoded(new String(request.body(), StandardCharsets.UTF_8));
      int marks = count(body, MARK);
      Expect.equal(
          "How many of the " + marks + " texts that were sent arrived as they were written",
          marks,
          count(body, TEXT));
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** Without the escapes of forms and of JSON. */
  private static String decoded(String body) {
    String plain = body;
    if (!body.startsWith("{") && body.contains("=")) {
      plain = URLDecoder.decode(body, StandardCharsets.UTF_8);
    }
    return ESCAPED
        .matcher(plain)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  /** Only the server's clock is put back; the provider has one of its own. */
  private static void backwards(Bench bench) {
    TestClock server = TestClock.at(bench.clock.instant());
    PaymentGateway gateway = bench.another(server);
    ChargeRequest before = bench.sale(Script.APPROVE);
    PaymentFacts facts =
        Expect.outcome(Outcome.Succeeded.class, bench.charge(gateway, before)).snapshot().facts();
    bench.lookup(gateway, before, facts);
    server.advance(Duration.ofHours(-1));
    bench.settle();
    ChargeRequest after = bench.sale(Script.APPROVE);
    Expect.outcome(Outcome.Succeeded.class, bench.charge(gateway, after));
    PaymentFacts seen = bench.found(gateway, before, facts);
    Expect.equal(
        "The captures that a lookup shows", 1, Expect.done(seen, MovementKind.CAPTURE).size());
    Expect.equal("The charges in the provider's books", 2, bench.ledger().charges().size());
    demandUnsettled(bench, gateway, server);
  }

  /** Whoever keeps the latest time that it saw is sure an hour too early. */
  private static void demandUnsettled(Bench bench, PaymentGateway gateway, TestClock server) {
    Taking taking = bench.taking(bench.sale(Script.APPROVE));
    Instant sent = server.instant();
    bench.network.strikeNext(Fault.FAILS_BEFORE);
    taking.by(gateway);
    if (taking.lookup(gateway, sent) instanceof Lookup.AbsentAsOf absent) {
      Expect.that(
          !absent.asOf().isAfter(server.instant()),
          "After the clock was put back, the time of a lookup is later than the clock's.");
    }
  }

  private static void unknownFields(Bench bench) {
    bench.network.enrich();
    RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
    ChargeRequest declined = bench.sale(Script.DECLINE_FUNDS);
    Expect.outcome(Outcome.Declined.class, bench.charge(declined));
    if (bench.capabilities().contains(Capability.REFUND)) {
      Outcome refund = RefundRules.refund(bench, sold, bench.newKey(), bench.ten());
      Expect.outcome(Outcome.Succeeded.class, refund);
    }
    bench.settle();
    PaymentFacts seen = bench.found(bench.another(), sold.request(), sold.facts());
    Expect.equal(
        "The captures that a lookup shows", 1, Expect.done(seen, MovementKind.CAPTURE).size());
    if (bench.capabilities().contains(Capability.CHANGES)) {
      Changed changed = new Changed();
      changed.add(sold.request(), sold.facts());
      bench.clock.advance(Duration.ofHours(1));
      changed.demandAll(bench.as(ListsChanges.class));
    }
    if (bench.capabilities().contains(Capability.WEBHOOKS)) {
      for (PendingWebhook notice : bench.provider.takeWebhooks()) {
        byte[] more = Enriched.of(notice.body());
        bench
            .provider
            .signedNow(notice, more)
            .ifPresent(signed -> WebhookRules.demandGenuine(WebhookRules.receive(bench, signed)));
      }
    }
  }

  private static void zones(Bench bench) {
    synchronized (ONE_AT_A_TIME) {
      TimeZone usual = TimeZone.getDefault();
      try {
        for (Instant day : DAYS) {
          TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
          Recorded plain = Recorded.of(bench, day);
          for (String zone : ZONES) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            Recorded there = Recorded.of(bench, day);
            demandSame("at " + day + " in " + zone, plain.requests(), there.requests());
            demandShown("at " + day + " in " + zone, plain, there);
          }
        }
      } finally {
        TimeZone.setDefault(usual);
      }
    }
  }

  private static void skewed(Bench bench) {
    for (Duration skew : List.of(SKEW.negated(), SKEW)) {
      try (Bench one = bench.fresh()) {
        skewed(one, skew);
      }
    }
  }

  private static void skewed(Bench bench, Duration skew) {
    TestClock server = TestClock.at(bench.clock.instant().plus(skew));
    Taking taking = bench.taking(bench.sale(Script.APPROVE));
    if (bench.description().recoveryOf(taking.kind()).lookup().isEmpty()) {
      throw Lack.of("a lookup of charges");
    }
    PaymentGateway gateway = bench.another(server);
    Instant begin = server.instant();
    bench.network.strikeNext(Fault.FAILS_AFTER);
    taking.by(gateway);
    Instant before = bench.clock.instant();
    bench.settle();
    server.advance(Duration.between(before, bench.clock.instant()));
    Lookup lookup = taking.lookup(gateway, begin, begin);
    Expect.that(
        lookup instanceof Lookup.Found,
        "With a clock that is off by "
            + skew
            + ", the lookup said "
            + Words.of(lookup)
            + " of a charge that was made.");
  }

  /** In a JVM that runs there is no other: the command line starts its own with one. */
  private static void otherCharset(Bench bench) {
    if (Charset.defaultCharset().equals(StandardCharsets.UTF_8)) {
      throw new NotVerifiable(
          "the default charset of this JVM is UTF-8; the command line runs it with another");
    }
    scripts(bench);
    if (bench.capabilities().contains(Capability.WEBHOOKS)) {
      PendingWebhook notice = WebhookRules.notice(bench, bench.sale(Script.APPROVE));
      WebhookRules.demandGenuine(WebhookRules.receive(bench, notice));
      ObjectNode other = (ObjectNode) JsonForms.tree(notice.body());
      other.put("zz_text", TEXT);
      bench
          .provider
          .signedNow(notice, JsonForms.bytes(other))
          .ifPresent(signed -> WebhookRules.demandGenuine(WebhookRules.receive(bench, signed)));
    }
  }
}
