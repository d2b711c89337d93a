package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What may not be told. */
final class SecretRules {
  private static final WebhookRequest STRANGE =
      new WebhookRequest(
          "POST",
          URI.create("https://shop.example/hook"),
          Map.of("signature", List.of("none")),
          "{}".getBytes(StandardCharsets.UTF_8));

  /** So much of a secret tells it from others; four characters may be shown. */
  private static final int PART = 8;

  private SecretRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-SECR-01", Group.SECRETS)
            .rule("No secret is in what a gateway answers, whatever goes wrong.")
            .why("Answers are stored, logged, shown to operators and sent to hooks.")
            .remedy("Leave headers, URLs with keys and exceptions of the SDK out of failures.")
            .by(SecretRules::answers),
        Rule.must("GW-SECR-02", Group.SECRETS)
            .rule("No secret is in the text of the gateway or of its provider.")
            .why("toString() ends up in logs and debuggers.")
            .remedy("Keep secrets in SecretValue; write no toString() that shows settings.")
            .by(SecretRules::texts),
        Rule.must("GW-SECR-03", Group.SECRETS)
            .rule("No secret gets into a log, at any level, nor is it printed.")
            .why("Logs are kept for years, by others, and are read by whoever is on duty.")
            .remedy("Log no headers, bodies or settings of requests, not even for debugging.")
            .by(SecretRules::logs),
        Rule.must("GW-SECR-04", Group.SECRETS)
            .rule("No secret is in what a gateway throws, its causes and what they suppress.")
            .why("Whoever starts a shop with a wrong setting sends the whole text to support.")
            .remedy("Throw typed errors without the SDK's exception, or one whose text you know.")
            .by(SecretRules::exceptions));
  }

  private static void answers(Bench bench) {
    for (Fault fault : Fault.values()) {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      bench.network.strikeNext(fault);
      Outcome outcome = bench.charge(sale);
      demandNone(bench, "The answer where the request met " + fault, outcome);
      bench.network.strikeEvery(fault);
      Lookup lookup = bench.lookup(bench.gateway(), sale, PaymentFacts.none());
      bench.network.strikeNoMore();
      demandNone(bench, "The lookup where each request met " + fault, lookup);
    }
    Capability.in(bench.gateway(), ReceivesWebhooks.class)
        .ifPresent(
            receiver ->
                demandNone(bench, "What a stranger's notice is told", receiver.receive(STRANGE)));
    demandNone(bench, "The answer of a sale", bench.charge(bench.sale(Script.APPROVE)));
    strangeToken(bench);
    forged(bench);
    wrongKeys(bench);
  }

  /** Whoever has the token can charge it. */
  private static void strangeToken(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    if (sale.method() instanceof PaymentMethod.Token token) {
      ChargeRequest strange =
          ChargeRequest.sale(
              sale.reference(),
              sale.idempotencyKey(),
              sale.amount(),
              new PaymentMethod.Token(token.type(), "tok_" + bench.secret));
      String told = String.valueOf(Bench.told("charge", bench.gateway().charge(strange)));
      // Some providers name it in their refusal, and know that it is none.
      boolean quoted = bench.network.told().stream().anyMatch(answer -> isTold(bench, answer));
      Expect.that(
          quoted || !isTold(bench, told), "The answer to an unknown token shows the token.");
    }
  }

  /** What comes as far as the comparison, with the signature that it should have had. */
  private static void forged(Bench bench) {
    if (Capability.in(bench.gateway(), ReceivesWebhooks.class).isEmpty()) {
      return;
    }
    bench.settle();
    for (PendingWebhook notice : bench.provider.takeWebhooks()) {
      byte[] body = bench.provider.signedNow(notice).body();
      body[body.length / 2] ^= 1;
      demandNone(
          bench,
          "What a forged notice is told",
          WebhookRules.receive(bench, WebhookRules.headers(notice.headers()), body));
      body[body.length / 2] ^= 1;
      PendingWebhook whole = bench.provider.signedNow(notice);
      demandNone(bench, "What a notice is told", WebhookRules.receive(bench, whole));
    }
  }

  /** Keys that the provider does not know, and may quote in its refusal. */
  private static void wrongKeys(Bench bench) {
    for (SettingSpec spec : bench.description().settings()) {
      String right = bench.provider.settings().get(spec.name());
      if (spec.kind() == SettingKind.SECRET && right != null && right.contains(bench.secret)) {
        Map<String, String> settings = new TreeMap<>(bench.provider.settings());
        settings.put(spec.name(), right + "x");
        ChargeRequest sale = bench.sale(Script.APPROVE);
        try (PaymentGateway stranger = bench.open(settings)) {
          demandNone(bench, "The answer to a wrong " + spec.name(), stranger.charge(sale));
          Lookup lookup = bench.lookup(stranger, sale, PaymentFacts.none());
          demandNone(bench, "The lookup with a wrong " + spec.name(), lookup);
        } catch (GatehouseException e) {
          demandNone(bench, "What is thrown for a wrong " + spec.name(), e);
        }
      }
    }
  }

  private static void texts(Bench bench) {
    demandNone(bench, "The gateway's text", bench.gateway());
    demandNone(bench, "The provider's text", bench.provider.gateway());
    demandNone(bench, "The description", bench.description());
  }

  private static void logs(Bench bench) {
    try (Overheard overheard = Overheard.begin()) {
      answers(bench);
      exceptions(bench);
      bench.close();
      Expect.that(
          overheard.lines().stream().noneMatch(line -> isTold(bench, line)),
          "What it logs or prints shows a secret.");
    }
  }

  private static void exceptions(Bench bench) {
    Map<String, String> right = bench.provider.settings();
    for (SettingSpec spec : bench.description().settings()) {
      for (String wrong : List.of("", " ", "\u0000", "wrong one", "https://[::bad", "-1")) {
        Map<String, String> settings = new TreeMap<>(right);
        settings.put(spec.name(), wrong);
        demandNone(
            bench,
            "What is thrown where " + spec.name() + " is wrong",
            thrown(() -> bench.open(settings).close()));
      }
      Map<String, String> without = new TreeMap<>(right);
      without.remove(spec.name());
      demandNone(
          bench,
          "What is thrown where " + spec.name() + " is missing",
          thrown(() -> bench.open(without).close()));
    }
    PaymentGateway closed = bench.another();
    closed.close();
    ChargeRequest late = bench.sale(Script.APPROVE);
    demandNone(bench, "What a closed gateway throws", thrown(() -> closed.charge(late)));
  }

  /** All that a stack trace has, causes and suppressed ones among it. */
  private static String thrown(Runnable call) {
    try {
      call.run();
      return "";
    } catch (RuntimeException e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text, true));
      return text.toString();
    }
  }

  private static void demandNone(Bench bench, String what, Object told) {
    Expect.that(!isTold(bench, String.valueOf(told)), what + " shows a secret.");
  }

  /** As it is, or a part of it, or in Base64, which starts at any of three places. */
  static boolean isTold(Bench bench, String text) {
    for (int from = 0; from + PART <= bench.secret.length(); from++) {
      if (text.contains(bench.secret.substring(from, from + PART))) {
        return true;
      }
    }
    for (int skipped = 0; skipped < 3; skipped++) {
      byte[] part = bench.secret.substring(skipped).getBytes(StandardCharsets.UTF_8);
      String written = Base64.getEncoder().encodeToString(Arrays.copyOf(part, part.length / 3 * 3));
      if (text.contains(written)) {
        return true;
      }
    }
    return false;
  }
}
