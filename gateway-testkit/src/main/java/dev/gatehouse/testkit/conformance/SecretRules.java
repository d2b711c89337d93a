package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What may not be told. */
final class SecretRules {
  private static final WebhookRequest STRANGE =
      new WebhookRequest(
          "POST",
          URI.create("https://shop.example/hook"),
          Map.of("signature", List.of("none")),
          "{}".getBytes(StandardCharsets.UTF_8));

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
            .by(SecretRules::texts));
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
  }

  private static void texts(Bench bench) {
    demandNone(bench, "The gateway's text", bench.gateway());
    demandNone(bench, "The provider's text", bench.provider.gateway());
    demandNone(bench, "The description", bench.description());
  }

  private static void demandNone(Bench bench, String what, Object told) {
    Expect.that(!String.valueOf(told).contains(bench.secret), what + " shows a secret.");
  }
}
