package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.TestClock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private LocaleRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-LOCALE-01", Group.LOCALE)
            .rule("The requests are the same bytes whatever language the server speaks.")
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
            .remedy("Let nothing depend on time going on; treat a negative duration as zero.")
            .by(LocaleRules::backwards));
  }

  private static void sameBytes(Bench bench) {
    synchronized (ONE_AT_A_TIME) {
      List<String> plain = wire(bench, Locale.ENGLISH);
      if (!plain.equals(wire(bench, Locale.ENGLISH))) {
        throw new NotVerifiable("the gateway sends something else each time");
      }
      for (String language : LANGUAGES) {
        List<String> other = wire(bench, Locale.forLanguageTag(language));
        for (int i = 0; i < Math.min(plain.size(), other.size()); i++) {
          Expect.equal("A request where the server speaks " + language, plain.get(i), other.get(i));
        }
        Expect.equal(
            "The number of requests where it speaks " + language, plain.size(), other.size());
      }
    }
  }

  /** What goes over the wire for a sale, its lookup and a decline, from the beginning. */
  private static List<String> wire(Bench like, Locale language) {
    Locale general = Locale.getDefault();
    Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(language);
    try (Bench bench = like.fresh()) {
      ChargeRequest sale =
          bench.sale(Script.APPROVE, bench.money(1234).plus(bench.cents(56))).by(customer("Iris"));
      PaymentFacts facts = bench.charge(sale).snapshot().facts();
      bench.settle();
      bench.lookup(bench.gateway(), sale, facts);
      if (bench.description().capabilities().contains(Capability.AUTHORIZE)) {
        HoldRules.Held held = HoldRules.hold(bench);
        HoldRules.release(bench, held);
      }
      return bench.network.sent().stream().map(LocaleRules::text).toList();
    } finally {
      Locale.setDefault(general);
      Locale.setDefault(Locale.Category.DISPLAY, display);
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
  }

  private static CustomerDetails customer(String name) {
    return new CustomerDetails(
        Optional.of(name), Optional.of("iris@shop.example"), Optional.of(Locale.GERMANY));
  }

  private static String text(HttpRequest request) {
    List<String> headers = new ArrayList<>();
    request.headers().fields().forEach(field -> headers.add(field.name() + ": " + field.value()));
    return request.method()
        + " "
        + request.uri()
        + " "
        + headers
        + " "
        + new String(request.body(), StandardCharsets.UTF_8);
  }

  private static void scripts(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE).describedAs(TEXT).by(customer(TEXT));
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
    server.advance(Duration.ofHours(-1));
    bench.settle();
    ChargeRequest after = bench.sale(Script.APPROVE);
    Expect.outcome(Outcome.Succeeded.class, bench.charge(gateway, after));
    PaymentFacts seen = bench.found(gateway, before, facts);
    Expect.equal(
        "The captures that a lookup shows", 1, Expect.done(seen, MovementKind.CAPTURE).size());
    Expect.equal("The charges in the provider's books", 2, bench.ledger().charges().size());
  }
}
