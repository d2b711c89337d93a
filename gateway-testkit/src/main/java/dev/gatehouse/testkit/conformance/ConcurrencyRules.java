package dev.gatehouse.testkit.conformance;

import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.emulator.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.joda.money.Money;

/** Many calls of one instance at once; the network holds them until all are on their way. */
final class ConcurrencyRules {
  private static final int MANY = 64;
  private static final int SAME = 16;

  /** What several threads share is seldom in two hands at the same moment. */
  private static final int ROUNDS = 12;

  private ConcurrencyRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-CONC-01", Group.CONCURRENCY)
            .rule(MANY + " charges at once: each is made once, and each answer is of its own.")
            .why(
                "One instance serves all customers. Whoever gets another's answer gets another's"
                    + " goods.")
            .remedy("Keep nothing of a request in fields of the gateway, nor in an SDK's statics.")
            .by(ConcurrencyRules::noCrossTalk),
        Rule.must("GW-CONC-02", Group.CONCURRENCY)
            .rule(
                "The same charge " + SAME + " times at once is one charge, and none says declined.")
            .why("A customer clicks twice, and a worker recovers what is still on its way.")
            .remedy(
                "Send request.idempotencyKey() each time, made with nothing that threads share; map a"
                    + " key in use to Unknown.")
            .by(ConcurrencyRules::sameKey),
        Rule.must("GW-CONC-03", Group.CONCURRENCY)
            .needs(Capability.CAPTURE, Capability.VOID)
            .rule("Of a capture and a void at once, exactly one wins, and only that one says so.")
            .why("Whoever is told that both worked has shipped what nobody pays.")
            .remedy("Report what the provider answers to each; map its refusal to NotSent.")
            .by(ConcurrencyRules::captureAgainstVoid),
        Rule.must("GW-CONC-04", Group.CONCURRENCY)
            .rule("What charges share, such as an access token, is fetched once by many at once.")
            .why("Providers limit how many tokens are made, and each one ends another.")
            .remedy("Let one caller fetch it while the others wait for that, by the deadline.")
            .by(ConcurrencyRules::sharedOnce),
        Rule.must("GW-CONC-05", Group.CONCURRENCY)
            .needs(Capability.PARTIAL_REFUND)
            .rule(SAME + " refunds at once: each is made once, and each answer is of its own.")
            .why("Whoever is told of another's refund gives the money back twice, or not at all.")
            .remedy("Keep nothing of a request in fields of the gateway, nor in an SDK's statics.")
            .by(ConcurrencyRules::refunds));
  }

  private static List<ChargeRequest> sales(Bench bench) {
    List<ChargeRequest> sales = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      sales.add(bench.sale(Script.APPROVE, bench.money(10 + i)));
    }
    return sales;
  }

  /** Calls that are made at once, when all of them are on their way. */
  private static List<Outcome> atOnce(Bench bench, List<Taking> takings) throws Exception {
    List<Callable<Outcome>> calls = new ArrayList<>();
    var gateway = bench.gateway();
    takings.forEach(taking -> calls.add(() -> taking.by(gateway)));
    bench.network.gather(calls.size());
    try {
      return Together.all(calls);
    } finally {
      bench.network.gather(0);
    }
  }

  private static void noCrossTalk(Bench bench) throws Exception {
    List<ChargeRequest> sales = sales(bench);
    List<Taking> direct = sales.stream().map(sale -> Taking.direct(bench, sale)).toList();
    List<Outcome> outcomes = atOnce(bench, direct);
    if (Taking.isApprovedElsewhere(sales.get(0))) {
      outcomes = atOnce(bench, approved(bench, sales, outcomes));
    }
    for (int i = 0; i < sales.size(); i++) {
      demandOwn(sales.get(i), outcomes.get(i));
      demandBooked(bench, sales.get(i));
    }
  }

  private static List<Taking> approved(
      Bench bench, List<ChargeRequest> sales, List<Outcome> begun) {
    List<Taking> takings = new ArrayList<>();
    for (int i = 0; i < sales.size(); i++) {
      takings.add(
          bench.afterAction(
              sales.get(i), Expect.outcome(Outcome.ActionRequired.class, begun.get(i))));
    }
    return takings;
  }

  private static void demandOwn(ChargeRequest sale, Outcome outcome) {
    PaymentFacts facts = Expect.outcome(Outcome.Succeeded.class, outcome).snapshot().facts();
    List<String> captures = Expect.done(facts, MovementKind.CAPTURE);
    Expect.equal("The captures in an answer", 1, captures.size());
    Expect.equal(
        "The captured amount in an answer",
        sale.amount(),
        Expect.movement(facts, captures.get(0)).amount().value().orElse(null));
    Expect.equal(
        "The reference in an answer",
        sale.reference(),
        facts.reference().value().orElse(sale.reference()));
  }

  private static void demandBooked(Bench bench, ChargeRequest sale) {
    List<Money> taken =
        bench.ledger().chargesOf(sale.reference()).stream().map(Ledger.Charge::captured).toList();
    Expect.equal("What the provider has taken under one reference", List.of(sale.amount()), taken);
  }

  private static void sameKey(Bench bench) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      sameKey(bench, bench.sale(Script.APPROVE));
    }
  }

  private static void sameKey(Bench bench, ChargeRequest sale) throws Exception {
    demandNoneDeclined(atOnce(bench, Collections.nCopies(SAME, Taking.direct(bench, sale))));
    if (Taking.isApprovedElsewhere(sale)) {
      demandNoneDeclined(atOnce(bench, Collections.nCopies(SAME, bench.taking(sale))));
    }
    Expect.outcome(Outcome.Succeeded.class, bench.charge(sale));
    int charges = bench.ledger().chargesOf(sale.reference()).size();
    Expect.that(charges == 1, "The provider's books have " + charges + " charges instead of 1.");
    demandBooked(bench, sale);
  }

  private static void demandNoneDeclined(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      Expect.that(
          !(outcome instanceof Outcome.Declined),
          "A charge that was made meanwhile under the same key was said to be declined.");
    }
  }

  private static void captureAgainstVoid(Bench bench) throws Exception {
    HoldRules.Held held = HoldRules.hold(bench);
    List<Callable<Outcome>> calls =
        List.of(
            HoldRules.capturing(bench, held, held.request().amount(), true)::get,
            HoldRules.releasing(bench, held)::get);
    bench.network.gather(calls.size());
    List<Outcome> outcomes = Together.all(calls);
    bench.network.gather(0);
    boolean captured = outcomes.get(0) instanceof Outcome.Succeeded;
    boolean released = outcomes.get(1) instanceof Outcome.Succeeded;
    Expect.that(
        captured != released,
        "The capture was answered with "
            + Words.of(outcomes.get(0))
            + ", the void with "
            + Words.of(outcomes.get(1))
            + ".");
    Expect.equal(
        "Whether the provider has taken money",
        captured,
        bench.theCharge().captured().isPositive());
  }

  private static void refunds(Bench bench) throws Exception {
    List<RefundRules.Sold> sold = new ArrayList<>();
    List<Callable<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < SAME; i++) {
      RefundRules.Sold one = RefundRules.sell(bench, Script.APPROVE);
      Money amount = bench.cents(100 + i);
      String key = bench.newKey();
      sold.add(one);
      calls.add(() -> RefundRules.refund(bench, one, key, amount));
    }
    bench.network.gather(calls.size());
    List<Outcome> outcomes;
    try {
      outcomes = Together.all(calls);
    } finally {
      bench.network.gather(0);
    }
    for (int i = 0; i < SAME; i++) {
      PaymentFacts facts =
          Expect.outcome(Outcome.Succeeded.class, outcomes.get(i)).snapshot().facts();
      List<String> refunds = Expect.done(facts, MovementKind.REFUND);
      Expect.equal("The refunds in an answer", 1, refunds.size());
      Expect.equal(
          "The refunded amount in an answer",
          bench.cents(100 + i),
          Expect.movement(facts, refunds.get(0)).amount().value().orElse(null));
      Expect.equal(
          "What the provider has given back under one reference",
          List.of(bench.cents(100 + i)),
          bench.ledger().chargesOf(sold.get(i).request().reference()).stream()
              .map(Ledger.Charge::refunded)
              .toList());
    }
  }

  /** Shared is what one instance fetches once for several charges, one after another. */
  private static void sharedOnce(Bench bench) throws Exception {
    Set<String> shared = new TreeSet<>();
    try (Bench calm = bench.fresh()) {
      for (int i = 0; i < 3; i++) {
        calm.gateway().charge(calm.sale(Script.APPROVE));
      }
      besides(calm, 0)
          .forEach(
              (request, times) -> {
                if (times == 1) {
                  shared.add(request);
                }
              });
    }
    if (shared.isEmpty()) {
      // Each of its requests is a charge's own.
      return;
    }
    PaymentGateway gateway = bench.gateway();
    demandOnce(bench, gateway, shared, "when it begins");
    bench.clock.advance(Duration.ofDays(30));
    demandOnce(bench, gateway, shared, "a month later");
  }

  private static void demandOnce(
      Bench bench, PaymentGateway gateway, Set<String> shared, String when) throws Exception {
    int before = bench.network.sent().size();
    List<Callable<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < SAME; i++) {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      calls.add(() -> gateway.charge(sale));
    }
    bench.network.gatherBesides(SAME);
    try {
      Together.all(calls);
    } finally {
      bench.network.gatherBesides(0);
    }
    besides(bench, before)
        .forEach(
            (request, times) ->
                Expect.that(
                    times == 1 || !shared.contains(request),
                    SAME + " charges at once, " + when + ", sent " + times + " times: " + request));
  }

  /** What does not act, by how often it was sent. */
  private static Map<String, Integer> besides(Bench bench, int before) {
    Map<String, Integer> times = new TreeMap<>();
    List<HttpRequest> sent = bench.network.sent();
    for (HttpRequest request : sent.subList(before, sent.size())) {
      if (!bench.provider.acts(request)) {
        times.merge(request.method() + " " + request.uri(), 1, Integer::sum);
      }
    }
    return times;
  }
}
